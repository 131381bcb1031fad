"""Who may do what on a change of a decision or a revocation; who is refused why."""

# place             act                who      what comes of it
DECISION_CHANGE = """
change_check        check_change       son      done
change_check        check_change       ngoc     same_person wrong_role
change_check        check_change       hung     404
change_check        check_change       minh     404
change_check        check_change       ly       404
change_check        check_change       trung    wrong_role
change_check        check_change       tn_head  404
change_check        return_change      son      done
change_check        return_change      ngoc     wrong_role
change_check        return_change      hung     404
change_check        withdraw           ngoc     done
change_check        withdraw           son      done
change_check        withdraw           trung    wrong_role
change_check        extend             son      done
change_check        extend             ngoc     wrong_role
change_check        sign_change        hung     404
change_check        sign_change        son      wrong_station
change_check        revise_change      ngoc     wrong_station
change_check        escalate           clock    done
change_check        escalate           son      wrong_role
change_revision     revise_change      ngoc     done
change_revision     revise_change      son      wrong_role
change_revision     withdraw           ngoc     done
change_revision     check_change       son      wrong_station
change_revision     escalate           clock    done
change_signing      sign_change        hung     done
change_signing      sign_change        son      same_person wrong_role
change_signing      sign_change        ngoc     same_person wrong_role
change_signing      sign_change        chau     404
change_signing      sign_change        ly       404
change_signing      sign_change        clock    wrong_role
change_signing      return_change      hung     done
change_signing      return_change      son      wrong_role
change_signing      withdraw           ngoc     wrong_station
change_signing      extend             hung     done
change_signing      extend             son      wrong_role
change_signing      escalate           clock    done
change_signing/correct sign_change     hung     done
changed             sign_change        hung     wrong_station
changed             sign_change        ly       wrong_station
changed             withdraw           ngoc     wrong_station
changed             sign_change        minh     404
"""

REVOCATION = """
revocation_check    check_revocation   son      done
revocation_check    check_revocation   ngoc     same_person wrong_role
revocation_check    check_revocation   yen      404
revocation_check    check_revocation   minh     404
revocation_check    check_revocation   trung    wrong_role
revocation_check    check_revocation   tn_head  404
revocation_check    withdraw           ngoc     done
revocation_check    withdraw           son      done
revocation_check    extend             son      done
revocation_check    give_opinion       yen      404
revocation_check    escalate           clock    done
revocation_council  give_opinion       yen      done
revocation_council  give_opinion       chau     wrong_role
revocation_council  give_opinion       son      wrong_role
revocation_council  give_opinion       hung     wrong_role
revocation_council  give_opinion       ly       404
revocation_council  withdraw           ngoc     wrong_station
revocation_council  extend             son      done
revocation_council  escalate           clock    done
revocation_decision decide_revocation  hung     done
revocation_decision decide_revocation  son      same_person wrong_role
revocation_decision decide_revocation  chau     wrong_role
revocation_decision decide_revocation  clock    wrong_role
revocation_decision decide_revocation  minh     404
revocation_decision refuse_revocation  hung     done
revocation_decision refuse_revocation  son      wrong_role
revocation_decision submit_revocation  hung     wrong_station
revocation_decision extend             hung     done
revocation_decision escalate           clock    done
revocation_submission submit_revocation hung    done
revocation_submission submit_revocation son     same_person wrong_role
revocation_submission refuse_revocation hung    done
revocation_submission decide_revocation hung    wrong_station
revocation_submission escalate         clock    done
revocation_submitted record_revocation ngoc     done
revocation_submitted record_revocation son      wrong_role
revocation_submitted record_revocation hung     wrong_role
revocation_submitted record_revocation ly       404
award_revoked       decide_revocation  hung     wrong_station
award_revoked       decide_revocation  ly       wrong_station
award_kept          decide_revocation  ly       404
"""

# The same in a ward under regime B.
WARD = """
change_check        check_change       son      done
change_check        check_change       ngoc     same_person wrong_role
change_check        check_change       b_son    404
change_check        check_change       k_son    404
change_check        check_change       minh     404
change_signing      sign_change        hung     done
change_signing      sign_change        b_hung   404
change_signing      return_change      hung     done
change_revision     revise_change      ngoc     done
change_revision     withdraw           son      done
revocation_check    check_revocation   son      done
revocation_check    check_revocation   b_son    404
revocation_check    withdraw           ngoc     done
revocation_council  give_opinion       yen      done
revocation_council  give_opinion       b_yen    404
revocation_council  give_opinion       chau     wrong_role
revocation_decision decide_revocation  hung     done
revocation_decision decide_revocation  b_hung   404
revocation_decision decide_revocation  chau     wrong_role
revocation_decision refuse_revocation  hung     done
revocation_submission submit_revocation hung    done
revocation_submission submit_revocation chau    wrong_role
revocation_submitted record_revocation ngoc     done
revocation_submitted record_revocation son      wrong_role
revocation_submitted record_revocation b_ngoc   404
"""
