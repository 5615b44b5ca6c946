"""What salespeople have on their lists: an activity on half of the open leads that are theirs."""


def insert(env):
    """Insert the activities of the leads that are there."""
    env.cr.execute(
        """INSERT INTO mail_activity
               (res_model_id, res_model, res_id, res_name, activity_type_id, user_id, summary,
                date_deadline, active, automated, create_uid, write_uid, create_date, write_date)
           SELECT %s, 'crm.lead', lead.id, lead.name, %s, lead.user_id, 'Call',
                  CURRENT_DATE - 10 + lead.id %% 30, TRUE, FALSE, 1, 1, lead.create_date,
                  lead.create_date
             FROM crm_lead lead JOIN bench_lead dice ON dice.id = lead.id
            WHERE lead.active AND lead.won_status = 'pending' AND lead.user_id IS NOT NULL
              AND lead.id %% 2 = 0
            ORDER BY lead.id""",
        [
            env["ir.model"]._get_id("crm.lead"),
            env.ref("mail.mail_activity_data_call").id,
        ],
    )
