"""Who may do what on reports, registrations, items of the plan: written by hand, row by row."""

# place            act          who     what comes of it
REPORT_A = """
due                save         lan     done
due                save         minh    wrong_role
due                save         ngoc    wrong_role
due                save         trung   wrong_role
due                save         clock   wrong_role
due                save         tam     404
due                save         khoa    404
due                save         hung    404
due                save         quy     404
due                save         tn_home 404
due                send         minh    wrong_station
due                excuse       son     done
due                excuse       ngoc    wrong_role
due                excuse       minh    wrong_role
due                extend       son     done
due                extend       ngoc    wrong_role
due                extend       lan     wrong_role
due                escalate     clock   done
due                escalate     son     wrong_role
due                accept       ngoc    wrong_station
due/school         save         thu     done
due/school         save         khoa    wrong_role
due/school         extend       dung    wrong_role
due/school         excuse       dung    wrong_role

draft              save         lan     done
draft              send         minh    report_incomplete
draft              send         lan     wrong_role
draft              send         son     report_incomplete wrong_role
draft              send         tam     404
draft              excuse       son     done
draft              extend       son     done
draft              check        khoa    404
draft/full         send         minh    done
draft/full         send         lan     wrong_role
draft/full         send         ngoc    wrong_role
draft/full         send         clock   wrong_role
draft/full/school  send         hieu    done
draft/full/school  send         khoa    wrong_role

education_check    check        khoa    done
education_check    check        dung    wrong_role
education_check    check        hieu    wrong_role
education_check    check        ngoc    wrong_role
education_check    check        mai     404
education_check    send_back    khoa    done
education_check    send_back    dung    wrong_role
education_check    send_back    ngoc    wrong_role
education_check    extend       dung    done
education_check    extend       khoa    wrong_role
education_check    extend       son     wrong_role
education_check    accept       ngoc    wrong_station
education_check    excuse       son     wrong_station
education_check    escalate     clock   done
education_pack     pass_on      dung    done
education_pack     pass_on      khoa    same_person wrong_role
education_pack     pass_on      hieu    wrong_role
education_pack     pass_on      son     wrong_role
education_pack     send_back    dung    done
education_pack     send_back    khoa    wrong_role
education_pack     extend       dung    done
education_pack     check        khoa    wrong_station

home_affairs_check accept       ngoc    done
home_affairs_check accept       son     wrong_role
home_affairs_check accept       minh    wrong_role
home_affairs_check accept       khoa    404
home_affairs_check send_back    ngoc    done
home_affairs_check send_back    son     wrong_role
home_affairs_check extend       son     done
home_affairs_check extend       ngoc    wrong_role
home_affairs_check save         lan     wrong_station
home_affairs_check send         minh    wrong_station
home_affairs_check excuse       son     wrong_station
home_affairs_check escalate     clock   done
home_affairs_check/school accept ngoc   done
home_affairs_check/school accept khoa   wrong_role
home_affairs_check/school send_back dung wrong_role

returned           save         lan     done
returned           send         minh    not_corrected
returned           send         lan     wrong_role
returned           send_back    ngoc    wrong_station
returned           excuse       son     done
returned           extend       son     done
returned           escalate     clock   done
returned/fixed     send         minh    done
returned/school    send         hieu    not_corrected
returned/school    save         thu     done
returned/school    excuse       dung    wrong_role

accepted           save         lan     wrong_station
accepted           accept       ngoc    wrong_station
accepted           excuse       son     wrong_station
accepted           accept       tam     404
excused            save         lan     wrong_station
excused            excuse       son     wrong_station
"""

REPORT_B = """
due                   save      lan     done
due                   save      minh    wrong_role
due                   save      ngoc    wrong_role
due                   save      hung    404
due                   save      b_ngoc  404
due                   excuse    son     done
due                   excuse    ngoc    wrong_role
due                   extend    son     done
due                   extend    minh    wrong_role
due                   escalate  clock   done
draft                 send      minh    report_incomplete
draft/full            send      minh    done
draft/full            send      lan     wrong_role
draft/full/school     send      hieu    done
culture_social_check  accept    ngoc    done
culture_social_check  accept    son     wrong_role
culture_social_check  accept    minh    wrong_role
culture_social_check  accept    trung   wrong_role
culture_social_check  accept    b_ngoc  404
culture_social_check  send_back ngoc    done
culture_social_check  send_back son     wrong_role
culture_social_check  extend    son     done
culture_social_check  check     ngoc    wrong_station
culture_social_check  pass_on   son     wrong_station
returned              save      lan     done
returned              send      minh    not_corrected
returned/fixed        send      minh    done
accepted              send_back ngoc    wrong_station
"""

PLAN_ITEM = """
planned      open         clock  done
planned      open         son    done
planned      open         ngoc   wrong_role
planned      open         hung   wrong_role
planned      open         khoa   404
planned      open         lan    404
planned      open         ly     404
planned      open         tn_head 404
planned      finish       ngoc   done
planned      finish       son    done
planned      finish       chau   wrong_role
planned      drop         son    done
planned      drop         ngoc   wrong_role
planned      none_arose   ngoc   wrong_station
planned      mark_overdue clock  wrong_station
planned      extend       son    wrong_station
planned      escalate     clock  wrong_station
open         finish       ngoc   done
open         finish       trung  wrong_role
open         none_arose   ngoc   must_arise
open         none_arose   hung   must_arise wrong_role
open         mark_overdue clock  not_past_due
open         mark_overdue son    wrong_role
open         drop         son    done
open         extend       son    done
open         extend       ngoc   wrong_role
open         escalate     clock  done
open         open         son    wrong_station
open/if_any  none_arose   ngoc   done
open/if_any  none_arose   son    done
open/if_any  none_arose   yen    wrong_role
overdue      finish       ngoc   done
overdue      none_arose   ngoc   must_arise
overdue      drop         son    done
overdue      drop         ngoc   wrong_role
overdue      extend       son    done
overdue      extend       hung   wrong_role
overdue      mark_overdue clock  wrong_station
overdue      escalate     clock  done
overdue/if_any none_arose ngoc   done
done         finish       ngoc   wrong_station
none_arose   finish       ngoc   wrong_station
dropped      extend       son    wrong_station
"""
