-- After each migration, as the owner of the tables:  psql -d im_support -f deploy/append-only.sql
-- Takes back what the default privileges gave on the tables that only grow; triggers refuse the same once more.
REVOKE UPDATE, DELETE, TRUNCATE ON
    consent_consentevent,
    consent_signedhead,
    consent_treetile,
    consent_statecomparison,
    consent_notice,
    consent_policyversion,
    consent_policytext,
    consent_purposeinversion,
    consent_acknowledgement,
    consent_accessevent,
    consent_disclosure,
    consent_disclosureact
FROM im_support_app;
