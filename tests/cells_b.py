"""Who may do what under regime B, written down by hand from the published table: never read from the definition."""

# One line a cell, as in cells.py: the place, the act, who tries it, what comes of it. The dossier is of an office in
# the ward PA; b_* are the people of the ward PB, k_* those of a city that still has offices of regime A.
TABLE = """
drafting              amend               lan        done
drafting              amend               minh       wrong_role
drafting              amend               thu        404
drafting              amend               ngoc       404
drafting              amend               hung       404
drafting              amend               b_lan      404
drafting              submit              minh       done
drafting              submit              lan        wrong_role
drafting              submit              hieu       404
drafting              submit              son        404
drafting              submit              b_minh     404
drafting              withdraw            minh       done
drafting              withdraw            lan        wrong_role
drafting              lapse               clock      done
drafting              lapse               minh       wrong_role
drafting              judge               minh       wrong_station
drafting              hold                minh       wrong_station

culture_social_review judge               ngoc       done
culture_social_review judge               son        wrong_role
culture_social_review judge               minh       wrong_role
culture_social_review judge               trung      wrong_role
culture_social_review judge               hung       404
culture_social_review judge               yen        404
culture_social_review judge               thu        404
culture_social_review judge               b_ngoc     404
culture_social_review judge               k_ngoc     404
culture_social_review judge               k_van      404
culture_social_review request_completion  ngoc       done
culture_social_review request_completion  son        wrong_role
culture_social_review request_completion  lan        wrong_role
culture_social_review forward             son        not_all_judged
culture_social_review forward             ngoc       not_all_judged wrong_role
culture_social_review forward             minh       wrong_role
culture_social_review forward             b_son      404
culture_social_review decline             son        not_all_judged something_stands
culture_social_review withdraw            minh       done
culture_social_review withdraw            lan        wrong_role
culture_social_review withdraw            ngoc       wrong_role
culture_social_review hold                son        done
culture_social_review hold                ngoc       wrong_role
culture_social_review hold                minh       wrong_role
culture_social_review release             son        not_on_hold
culture_social_review extend              son        done
culture_social_review extend              hung       404
culture_social_review amend               lan        wrong_station
culture_social_review award               son        wrong_station
culture_social_review/judged forward      son        done
culture_social_review/judged forward      ngoc       same_person wrong_role
culture_social_review/judged decline      son        something_stands
culture_social_review/judged withdraw     minh       office_has_acted
culture_social_review/school judge        ngoc       done
culture_social_review/school judge        lan        404
culture_social_review/school judge        k_khoa     404
culture_social_review/school withdraw     hieu       done

awaiting_completion   amend               lan        done
awaiting_completion   amend               minh       wrong_role
awaiting_completion   amend               ngoc       wrong_role
awaiting_completion   resubmit            minh       done
awaiting_completion   resubmit            son        wrong_role
awaiting_completion   take_back           ngoc       done
awaiting_completion   take_back           clock      not_past_due
awaiting_completion   take_back           son        wrong_role
awaiting_completion   take_back           b_ngoc     404
awaiting_completion   hold                son        done
awaiting_completion   extend              son        done
awaiting_completion   extend              ngoc       wrong_role
awaiting_completion   withdraw            minh       wrong_station
awaiting_completion/school resubmit       hieu       done
awaiting_completion/school take_back      ngoc       done

awaiting_council      put_on_agenda       yen        done
awaiting_council      put_on_agenda       chau       wrong_role
awaiting_council      put_on_agenda       hung       wrong_role
awaiting_council      put_on_agenda       minh       wrong_role
awaiting_council      put_on_agenda       b_yen      404
awaiting_council      put_on_agenda       k_yen      404
awaiting_council      return_for_review   son        done
awaiting_council      return_for_review   ngoc       wrong_role
awaiting_council      extend              chau       done
awaiting_council      extend              son        wrong_role
awaiting_council      hold                son        done
awaiting_council      withdraw            minh       wrong_station

council_vote          record_result       yen        done
council_vote          record_result       chau       wrong_role
council_vote          record_result       b_yen      404
council_vote          confirm_result      chau       result_not_recorded
council_vote/recorded confirm_result      chau       done
council_vote/recorded confirm_result      quang      done
council_vote/recorded confirm_result      vinh       wrong_role
council_vote/recorded confirm_result      yen        same_person wrong_role
council_vote/recorded confirm_result      b_chau     404
council_vote          extend              chau       done
council_vote          award               hung       wrong_station

awaiting_decision     award               hung       done
awaiting_decision     award               chau       wrong_role
awaiting_decision     award               son        wrong_role
awaiting_decision     award               minh       wrong_role
awaiting_decision     award               b_hung     404
awaiting_decision     award               k_hung     404
awaiting_decision     award               ly         404
awaiting_decision     decline             hung       done
awaiting_decision     return_for_review   hung       done
awaiting_decision     return_for_review   son        wrong_role
awaiting_decision     extend              hung       done
awaiting_decision     hold                son        done
awaiting_decision     hold                hung       wrong_role
awaiting_decision/simplified award        hung       done
awaiting_decision/simplified award        chau       404

awaiting_submission   submit_upward       hung       done
awaiting_submission   submit_upward       ngoc       wrong_role
awaiting_submission   return_for_review   hung       done
awaiting_submission   award               hung       wrong_station

submitted_to_province record_answer       ngoc       done
submitted_to_province record_answer       son        wrong_role
submitted_to_province record_answer       hung       wrong_role
submitted_to_province record_answer       b_ngoc     404
submitted_to_province extend              son        done
submitted_to_province extend              hung       wrong_role

awarded               award               hung       wrong_station
awarded               award               ly         wrong_station
awarded               award               uyen       wrong_station
awarded               award               quy        404
awarded               award               b_hung     404
awarded               award               b_ly       404
declined              return_for_review   son        wrong_station
declined              award               hung       404
withdrawn             submit              minh       wrong_station
lapsed                submit              minh       wrong_station
"""

# Every (station, act) that exists at all under regime B, with the roles that may do it.
MAY = {
    ("drafting", "amend"): "unit_clerk",
    ("drafting", "submit"): "unit_head",
    ("drafting", "withdraw"): "unit_head",
    ("drafting", "lapse"): "clock",
    ("culture_social_review", "judge"): "culture_social_officer",
    ("culture_social_review", "request_completion"): "culture_social_officer",
    ("culture_social_review", "forward"): "culture_social_head",
    ("culture_social_review", "decline"): "culture_social_head",
    ("culture_social_review", "withdraw"): "unit_head",
    ("culture_social_review", "hold"): "culture_social_head",
    ("culture_social_review", "release"): "culture_social_head",
    ("culture_social_review", "extend"): "culture_social_head",
    ("culture_social_review", "remind"): "culture_social_head council_vice_chair chairman",
    ("culture_social_review", "escalate"): "clock",
    ("drafting", "escalate"): "clock",
    ("awaiting_council", "escalate"): "clock",
    ("submitted_to_province", "escalate"): "clock",
    ("awaiting_completion", "amend"): "unit_clerk",
    ("awaiting_completion", "resubmit"): "unit_head",
    ("awaiting_completion", "take_back"): "culture_social_officer clock",
    ("awaiting_completion", "hold"): "culture_social_head",
    ("awaiting_completion", "release"): "culture_social_head",
    ("awaiting_completion", "extend"): "culture_social_head",
    (
        "awaiting_completion",
        "remind",
    ): "culture_social_officer culture_social_head council_vice_chair chairman",
    ("awaiting_completion", "escalate"): "clock",
    ("culture_social_review", "part"): "culture_social_head",
    ("awaiting_council", "put_on_agenda"): "council_secretary session",
    ("awaiting_council", "part"): "culture_social_head",
    ("awaiting_council", "return_for_review"): "culture_social_head",
    ("awaiting_council", "hold"): "culture_social_head",
    ("awaiting_council", "release"): "culture_social_head",
    ("awaiting_council", "extend"): "council_chair",
    ("awaiting_council", "remind"): "council_vice_chair council_chair chairman",
    ("council_vote", "record_result"): "council_secretary",
    ("council_vote", "confirm_result"): "council_chair council_member",
    ("council_vote", "take_result"): "session",
    ("council_vote", "lower_award"): "session",
    ("council_vote", "part"): "session",
    ("council_vote", "hold"): "culture_social_head",
    ("council_vote", "release"): "culture_social_head",
    ("council_vote", "extend"): "council_chair",
    ("council_vote", "remind"): "council_vice_chair council_chair chairman",
    ("council_vote", "escalate"): "clock",
    ("awaiting_decision", "award"): "chairman",
    ("awaiting_decision", "part"): "chairman",
    ("awaiting_decision", "decline"): "chairman",
    ("awaiting_decision", "return_for_review"): "chairman",
    ("awaiting_decision", "hold"): "culture_social_head",
    ("awaiting_decision", "release"): "culture_social_head",
    ("awaiting_decision", "extend"): "chairman",
    ("awaiting_decision", "remind"): "council_vice_chair",
    ("awaiting_decision", "escalate"): "clock",
    ("awaiting_submission", "submit_upward"): "chairman",
    ("awaiting_submission", "return_for_review"): "chairman",
    ("awaiting_submission", "hold"): "culture_social_head",
    ("awaiting_submission", "release"): "culture_social_head",
    ("awaiting_submission", "extend"): "chairman",
    ("awaiting_submission", "remind"): "council_vice_chair",
    ("awaiting_submission", "escalate"): "clock",
    ("submitted_to_province", "record_answer"): "culture_social_officer",
    ("submitted_to_province", "hold"): "culture_social_head",
    ("submitted_to_province", "release"): "culture_social_head",
    ("submitted_to_province", "extend"): "culture_social_head",
    ("submitted_to_province", "remind"): "culture_social_head council_vice_chair chairman",
}

_UNIT = "unit_clerk unit_head"
_OFFICE = "culture_social_officer culture_social_head"
_COUNCIL = "council_secretary council_member council_vice_chair council_chair"

# Who in the ward sees a dossier that came to a place by the straight way.
SEES = {
    "drafting": _UNIT,
    "culture_social_review": f"{_UNIT} {_OFFICE} auditor",
    "awaiting_completion": f"{_UNIT} {_OFFICE} auditor",
    "awaiting_council": f"{_UNIT} {_OFFICE} {_COUNCIL} chairman auditor",
    "council_vote": f"{_UNIT} {_OFFICE} {_COUNCIL} chairman auditor",
    "awaiting_decision": f"{_UNIT} {_OFFICE} {_COUNCIL} chairman auditor",
    "awaiting_decision/simplified": f"{_UNIT} {_OFFICE} chairman auditor",
    "awaiting_submission": f"{_UNIT} {_OFFICE} {_COUNCIL} chairman auditor",
    "submitted_to_province": f"{_UNIT} {_OFFICE} {_COUNCIL} chairman auditor",
    "awarded": f"{_UNIT} {_OFFICE} {_COUNCIL} chairman auditor registrar publisher",
    "declined": f"{_UNIT} {_OFFICE} auditor",
    "withdrawn": _UNIT,
    "lapsed": _UNIT,
}
