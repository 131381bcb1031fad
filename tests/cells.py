"""Who may do what, written down by hand from the published table: never read from the definition."""

# One line a cell: the place, the act, who tries it, what comes of it. Places are stations; "…/school" is a
# school's dossier, "…/simplified" one under the simplified procedure, "…/judged" one whose verdicts are in.
# What comes of it: done, 404, or every reason code. tn_* are the officers of another city, nobody has no role.
TABLE = """
drafting              amend               lan        done
drafting              amend               minh       wrong_role
drafting              amend               tam        404
drafting              amend               ngoc       404
drafting              amend               hung       404
drafting              amend               trung      404
drafting              amend               quy        404
drafting              amend               nobody     404
drafting              submit              minh       done
drafting              submit              lan        wrong_role
drafting              submit              binh       404
drafting              submit              son        404
drafting              withdraw            minh       done
drafting              withdraw            lan        wrong_role
drafting              withdraw            binh       404
drafting              lapse               clock      done
drafting              lapse               lan        wrong_role
drafting              lapse               minh       wrong_role
drafting              judge               minh       wrong_station
drafting              award               minh       wrong_station
drafting              hold                minh       wrong_station
drafting              extend              lan        wrong_station
drafting/school       submit              hieu       done
drafting/school       submit              dung       404
drafting/empty        submit              minh       missing_paper no_nominations

education_review      judge               khoa       done
education_review      judge               dung       wrong_role
education_review      judge               hieu       wrong_role
education_review      judge               thu        wrong_role
education_review      judge               trung      wrong_role
education_review      judge               ngoc       404
education_review      judge               son        404
education_review      judge               hung       404
education_review      judge               mai        404
education_review      judge               tn_edu     404
education_review      judge               nobody     404
education_review      request_completion  khoa       done
education_review      request_completion  dung       wrong_role
education_review      request_completion  hieu       wrong_role
education_review      forward             dung       not_all_judged
education_review      forward             khoa       not_all_judged wrong_role
education_review      forward             hieu       wrong_role
education_review      decline             dung       not_all_judged something_stands
education_review      decline             hieu       wrong_role
education_review      withdraw            hieu       done
education_review      withdraw            thu        wrong_role
education_review      withdraw            khoa       wrong_role
education_review      withdraw            duc        404
education_review      hold                dung       done
education_review      hold                khoa       wrong_role
education_review      hold                hieu       wrong_role
education_review      hold                son        404
education_review      release             dung       not_on_hold
education_review      extend              dung       done
education_review      extend              khoa       wrong_role
education_review      amend               thu        wrong_station
education_review      submit              hieu       wrong_station
education_review      award               khoa       wrong_station
education_review/judged forward           dung       done
education_review/judged forward           khoa       same_person wrong_role
education_review/judged decline           dung       something_stands
education_review/judged withdraw          hieu       office_has_acted
education_review/judged withdraw          thu        wrong_role

home_affairs_review   judge               ngoc       done
home_affairs_review   judge               son        wrong_role
home_affairs_review   judge               minh       wrong_role
home_affairs_review   judge               trung      wrong_role
home_affairs_review   judge               khoa       404
home_affairs_review   judge               yen        404
home_affairs_review   judge               chau       404
home_affairs_review   judge               hung       404
home_affairs_review   judge               ly         404
home_affairs_review   judge               uyen       404
home_affairs_review   judge               quy        404
home_affairs_review   judge               tam        404
home_affairs_review   judge               tn_home    404
home_affairs_review   judge               nobody     404
home_affairs_review   request_completion  ngoc       done
home_affairs_review   request_completion  son        wrong_role
home_affairs_review   request_completion  lan        wrong_role
home_affairs_review   forward             son        not_all_judged
home_affairs_review   forward             ngoc       not_all_judged wrong_role
home_affairs_review   forward             minh       wrong_role
home_affairs_review   forward             tn_head    404
home_affairs_review   decline             son        not_all_judged something_stands
home_affairs_review   decline             trung      not_all_judged something_stands wrong_role
home_affairs_review   withdraw            minh       done
home_affairs_review   withdraw            lan        wrong_role
home_affairs_review   withdraw            son        wrong_role
home_affairs_review   hold                son        done
home_affairs_review   hold                ngoc       wrong_role
home_affairs_review   hold                minh       wrong_role
home_affairs_review   release             son        not_on_hold
home_affairs_review   release             minh       wrong_role
home_affairs_review   extend              son        done
home_affairs_review   extend              ngoc       wrong_role
home_affairs_review   escalate            clock      done
home_affairs_review   escalate            son        wrong_role
awaiting_council      escalate            clock      done
home_affairs_review   amend               lan        wrong_station
home_affairs_review   put_on_agenda       ngoc       wrong_station
home_affairs_review   award               son        wrong_station
home_affairs_review   return_for_review   son        wrong_station
home_affairs_review/judged forward        son        done
home_affairs_review/judged forward        ngoc       same_person wrong_role
home_affairs_review/judged withdraw       minh       office_has_acted
home_affairs_review/school judge          khoa       wrong_role
home_affairs_review/school judge          ngoc       done
home_affairs_review/school judge          dung       same_person wrong_role
home_affairs_review/school withdraw       hieu       office_has_acted
home_affairs_review/school hold           dung       wrong_role

awaiting_completion   amend               lan        done
awaiting_completion   amend               minh       wrong_role
awaiting_completion   amend               ngoc       wrong_role
awaiting_completion   amend               tam        404
awaiting_completion   resubmit            minh       done
awaiting_completion   resubmit            lan        wrong_role
awaiting_completion   resubmit            son        wrong_role
awaiting_completion   take_back           ngoc       done
awaiting_completion   take_back           clock      not_past_due
awaiting_completion   take_back           son        wrong_role
awaiting_completion   take_back           minh       wrong_role
awaiting_completion   take_back           khoa       404
awaiting_completion   hold                son        done
awaiting_completion   hold                dung       404
awaiting_completion   extend              son        done
awaiting_completion   extend              ngoc       wrong_role
awaiting_completion   withdraw            minh       wrong_station
awaiting_completion   judge               ngoc       wrong_station
awaiting_completion/school take_back      khoa       done
awaiting_completion/school take_back      ngoc       404
awaiting_completion/school hold           dung       done
awaiting_completion/school hold           son        404
awaiting_completion/school extend         dung       done
awaiting_completion/school resubmit       hieu       done
awaiting_completion/school release        dung       not_on_hold

awaiting_council      put_on_agenda       yen        done
awaiting_council      put_on_agenda       chau       wrong_role
awaiting_council      put_on_agenda       quang      wrong_role
awaiting_council      put_on_agenda       hung       wrong_role
awaiting_council      put_on_agenda       minh       wrong_role
awaiting_council      put_on_agenda       ly         404
awaiting_council      put_on_agenda       khoa       404
awaiting_council      put_on_agenda       tn_sec     404
awaiting_council      return_for_review   son        done
awaiting_council      return_for_review   ngoc       wrong_role
awaiting_council      return_for_review   hung       wrong_role
awaiting_council      hold                son        done
awaiting_council      hold                yen        wrong_role
awaiting_council      extend              chau       done
awaiting_council      extend              son        wrong_role
awaiting_council      withdraw            minh       wrong_station
awaiting_council      judge               ngoc       wrong_station

council_vote          record_result       yen        done
council_vote          record_result       chau       wrong_role
council_vote          record_result       minh       wrong_role
council_vote          confirm_result      chau       result_not_recorded
council_vote          confirm_result      yen        result_not_recorded wrong_role
council_vote          confirm_result      minh       wrong_role
council_vote/recorded confirm_result      chau       done
council_vote/recorded confirm_result      quang      done
council_vote/recorded confirm_result      vinh       wrong_role
council_vote/recorded confirm_result      yen        same_person wrong_role
council_vote/recorded confirm_result      hung       wrong_role
council_vote/recorded record_result       yen        done
council_vote          extend              chau       done
council_vote          hold                son        done
council_vote          return_for_review   son        wrong_station
council_vote          award               hung       wrong_station

awaiting_decision     award               hung       done
awaiting_decision     award               chau       wrong_role
awaiting_decision     award               son        wrong_role
awaiting_decision     award               minh       wrong_role
awaiting_decision     award               ly         404
awaiting_decision     award               tn_chair   404
awaiting_decision     decline             hung       done
awaiting_decision     decline             son        wrong_role
awaiting_decision     return_for_review   hung       done
awaiting_decision     return_for_review   son        wrong_role
awaiting_decision     extend              hung       done
awaiting_decision     extend              son        wrong_role
awaiting_decision     hold                son        done
awaiting_decision     hold                hung       wrong_role
awaiting_decision     submit_upward       hung       wrong_station
awaiting_decision/simplified award        hung       done
awaiting_decision/simplified award        chau       404
awaiting_decision/simplified award        yen        404
awaiting_decision/simplified award        quang      404

awaiting_submission   submit_upward       hung       done
awaiting_submission   submit_upward       ngoc       wrong_role
awaiting_submission   submit_upward       minh       wrong_role
awaiting_submission   return_for_review   hung       done
awaiting_submission   extend              hung       done
awaiting_submission   hold                son        done
awaiting_submission   award               hung       wrong_station
awaiting_submission   decline             hung       wrong_station

submitted_to_province record_answer       ngoc       done
submitted_to_province record_answer       son        wrong_role
submitted_to_province record_answer       hung       wrong_role
submitted_to_province record_answer       minh       wrong_role
submitted_to_province record_answer       tn_home    404
submitted_to_province extend              son        done
submitted_to_province extend              hung       wrong_role
submitted_to_province hold                son        done
submitted_to_province return_for_review   hung       wrong_station

awarded               award               hung       wrong_station
awarded               hold                son        wrong_station
awarded               amend               lan        wrong_station
awarded               award               ly         wrong_station
awarded               award               uyen       wrong_station
awarded               award               quy        404
awarded               award               tam        404
declined              return_for_review   son        wrong_station
declined              amend               lan        wrong_station
declined              award               ly         404
withdrawn             submit              minh       wrong_station
withdrawn             submit              son        404
lapsed                submit              minh       wrong_station
"""

# Every (station, act) that exists at all, with the roles that may do it; the clock's acts are its own.
MAY = {
    ("drafting", "amend"): "unit_clerk",
    ("drafting", "submit"): "unit_head",
    ("drafting", "withdraw"): "unit_head",
    ("drafting", "lapse"): "clock",
    ("education_review", "judge"): "education_officer",
    ("education_review", "request_completion"): "education_officer",
    ("education_review", "forward"): "education_head",
    ("education_review", "decline"): "education_head",
    ("education_review", "withdraw"): "unit_head",
    ("education_review", "hold"): "education_head",
    ("education_review", "release"): "education_head",
    ("education_review", "extend"): "education_head",
    ("education_review", "remind"): "education_head council_vice_chair chairman",
    ("education_review", "escalate"): "clock",
    ("home_affairs_review", "judge"): "home_affairs_officer",
    ("home_affairs_review", "request_completion"): "home_affairs_officer",
    ("home_affairs_review", "forward"): "home_affairs_head",
    ("home_affairs_review", "decline"): "home_affairs_head",
    ("home_affairs_review", "withdraw"): "unit_head",
    ("home_affairs_review", "hold"): "home_affairs_head",
    ("home_affairs_review", "release"): "home_affairs_head",
    ("home_affairs_review", "extend"): "home_affairs_head",
    ("home_affairs_review", "remind"): "home_affairs_head council_vice_chair chairman",
    ("home_affairs_review", "escalate"): "clock",
    ("drafting", "escalate"): "clock",
    ("awaiting_council", "escalate"): "clock",
    ("submitted_to_province", "escalate"): "clock",
    ("awaiting_completion", "amend"): "unit_clerk",
    ("awaiting_completion", "resubmit"): "unit_head",
    ("awaiting_completion", "take_back"): "home_affairs_officer clock",
    ("awaiting_completion", "hold"): "home_affairs_head",
    ("awaiting_completion", "release"): "home_affairs_head",
    ("awaiting_completion", "extend"): "home_affairs_head",
    ("awaiting_completion", "remind"): "home_affairs_officer home_affairs_head council_vice_chair chairman",
    ("awaiting_completion", "escalate"): "clock",
    ("awaiting_completion/school", "amend"): "unit_clerk",
    ("awaiting_completion/school", "resubmit"): "unit_head",
    ("awaiting_completion/school", "take_back"): "education_officer clock",
    ("awaiting_completion/school", "hold"): "education_head",
    ("awaiting_completion/school", "release"): "education_head",
    ("awaiting_completion/school", "extend"): "education_head",
    ("awaiting_completion/school", "remind"): "education_officer education_head council_vice_chair chairman",
    ("awaiting_completion/school", "escalate"): "clock",
    ("home_affairs_review", "part"): "home_affairs_head",
    ("awaiting_council", "put_on_agenda"): "council_secretary session",
    ("awaiting_council", "part"): "home_affairs_head",
    ("awaiting_council", "return_for_review"): "home_affairs_head",
    ("awaiting_council", "hold"): "home_affairs_head",
    ("awaiting_council", "release"): "home_affairs_head",
    ("awaiting_council", "extend"): "council_chair",
    ("awaiting_council", "remind"): "council_vice_chair council_chair chairman",
    ("council_vote", "record_result"): "council_secretary",
    ("council_vote", "confirm_result"): "council_chair council_member",
    ("council_vote", "take_result"): "session",
    ("council_vote", "lower_award"): "session",
    ("council_vote", "part"): "session",
    ("council_vote", "hold"): "home_affairs_head",
    ("council_vote", "release"): "home_affairs_head",
    ("council_vote", "extend"): "council_chair",
    ("council_vote", "remind"): "council_vice_chair council_chair chairman",
    ("council_vote", "escalate"): "clock",
    ("awaiting_decision", "award"): "chairman",
    ("awaiting_decision", "part"): "chairman",
    ("awaiting_decision", "decline"): "chairman",
    ("awaiting_decision", "return_for_review"): "chairman",
    ("awaiting_decision", "hold"): "home_affairs_head",
    ("awaiting_decision", "release"): "home_affairs_head",
    ("awaiting_decision", "extend"): "chairman",
    ("awaiting_decision", "remind"): "council_vice_chair",
    ("awaiting_decision", "escalate"): "clock",
    ("awaiting_submission", "submit_upward"): "chairman",
    ("awaiting_submission", "return_for_review"): "chairman",
    ("awaiting_submission", "hold"): "home_affairs_head",
    ("awaiting_submission", "release"): "home_affairs_head",
    ("awaiting_submission", "extend"): "chairman",
    ("awaiting_submission", "remind"): "council_vice_chair",
    ("awaiting_submission", "escalate"): "clock",
    ("submitted_to_province", "record_answer"): "home_affairs_officer",
    ("submitted_to_province", "hold"): "home_affairs_head",
    ("submitted_to_province", "release"): "home_affairs_head",
    ("submitted_to_province", "extend"): "home_affairs_head",
    ("submitted_to_province", "remind"): "home_affairs_head council_vice_chair chairman",
}

ACTS = (
    "amend",
    "submit",
    "withdraw",
    "lapse",
    "judge",
    "request_completion",
    "forward",
    "decline",
    "resubmit",
    "take_back",
    "put_on_agenda",
    "take_result",
    "lower_award",
    "part",
    "return_for_review",
    "record_result",
    "confirm_result",
    "award",
    "submit_upward",
    "record_answer",
    "hold",
    "release",
    "extend",
    "remind",
    "escalate",
)

_UNIT = "unit_clerk unit_head"
_EDUCATION = "education_officer education_head"
_HOME = "home_affairs_officer home_affairs_head"
_COUNCIL = "council_secretary council_member council_vice_chair council_chair"

# Who sees a dossier that came to a place by the straight way; the unit's own roles always do.
SEES = {
    "drafting": _UNIT,
    "education_review": f"{_UNIT} {_EDUCATION} auditor",
    "home_affairs_review": f"{_UNIT} {_HOME} auditor",
    "home_affairs_review/school": f"{_UNIT} {_EDUCATION} {_HOME} auditor",
    "awaiting_completion": f"{_UNIT} {_HOME} auditor",
    "awaiting_completion/school": f"{_UNIT} {_EDUCATION} auditor",
    "awaiting_council": f"{_UNIT} {_HOME} {_COUNCIL} chairman auditor",
    "council_vote": f"{_UNIT} {_HOME} {_COUNCIL} chairman auditor",
    "awaiting_decision": f"{_UNIT} {_HOME} {_COUNCIL} chairman auditor",
    "awaiting_decision/simplified": f"{_UNIT} {_HOME} chairman auditor",
    "awaiting_submission": f"{_UNIT} {_HOME} {_COUNCIL} chairman auditor",
    "awaiting_submission/simplified": f"{_UNIT} {_HOME} chairman auditor",
    "submitted_to_province": f"{_UNIT} {_HOME} {_COUNCIL} chairman auditor",
    "awarded": f"{_UNIT} {_HOME} {_COUNCIL} chairman auditor registrar publisher",
    "declined": f"{_UNIT} {_HOME} auditor",
    "withdrawn": _UNIT,
    "lapsed": _UNIT,
}
