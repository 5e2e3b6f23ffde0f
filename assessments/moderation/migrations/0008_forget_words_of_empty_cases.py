"""A case whose last post goes forgets, in the same moment and whoever deletes, what was derived from its words, and
what moderators wrote about it. That somebody decided, when and why (the reason, not the note) stays, for the figures.
"""

from django.db import migrations

FORGET = """
CREATE FUNCTION moderation_forget_empty_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE moderation_case
       SET fingerprint = encode(sha256(convert_to(random()::text || clock_timestamp() || id, 'UTF8')), 'hex'),
           near_marks = '{}'
     WHERE id = OLD.case_id
       AND NOT EXISTS (SELECT 1 FROM moderation_casepost WHERE case_id = OLD.case_id);
    UPDATE moderation_ruling
       SET note = 'Gone with the post.',
           undone_reason = CASE WHEN undone_reason = '' THEN '' ELSE 'Gone with the post.' END,
           verdicts = (SELECT coalesce(jsonb_agg(one - 'reason'), '[]') FROM jsonb_array_elements(verdicts) AS one),
           missed = (SELECT coalesce(jsonb_agg(one - 'why'), '[]') FROM jsonb_array_elements(missed) AS one)
     WHERE case_id = OLD.case_id
       AND NOT EXISTS (SELECT 1 FROM moderation_casepost WHERE case_id = OLD.case_id);
    RETURN NULL;
END $$;

CREATE TRIGGER forget_empty_case AFTER DELETE ON moderation_casepost
    FOR EACH ROW EXECUTE FUNCTION moderation_forget_empty_case();
"""

REMEMBER = """
DROP TRIGGER forget_empty_case ON moderation_casepost;
DROP FUNCTION moderation_forget_empty_case();
"""


class Migration(migrations.Migration):
    dependencies = [("moderation", "0007_topic_access")]

    operations = [migrations.RunSQL(FORGET, REMEMBER)]
