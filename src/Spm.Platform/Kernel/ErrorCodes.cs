using System.Collections.Frozen;

namespace Spm.Platform.Kernel;

/// <summary>
/// The one table of error codes: what each is called on the wire, the HTTP status it leaves with, and what it means.
/// A code is never renamed or reused. GET /errors/{code} serves this table.
/// </summary>
public static class ErrorCodes
{
    public const string BodyMalformed = "body_malformed";
    public const string FieldUnknown = "field_unknown";
    public const string FieldRequired = "field_required";
    public const string FieldMalformed = "field_malformed";
    public const string FieldTooLong = "field_too_long";
    public const string ParameterInvalid = "parameter_invalid";
    public const string CursorInvalid = "cursor_invalid";
    public const string CursorExpired = "cursor_expired";
    public const string VersionUnknown = "version_unknown";
    public const string Unauthenticated = "unauthenticated";
    public const string TokenInvalid = "token_invalid";
    public const string TokenExpired = "token_expired";
    public const string IdentityProviderUnavailable = "identity_provider_unavailable";
    public const string TenantMoving = "tenant_moving";
    public const string AnswerLate = "answer_late";
    public const string Forbidden = "forbidden";
    public const string OwnPayout = "own_payout";
    public const string SubmittedByApprover = "submitted_by_approver";
    public const string NotFound = "not_found";
    public const string MediaTypeUnsupported = "media_type_unsupported";
    public const string ContentEncodingUnsupported = "content_encoding_unsupported";
    public const string RateLimited = "rate_limited";
    public const string MethodNotAllowed = "method_not_allowed";
    public const string PayloadTooLarge = "payload_too_large";
    public const string PreconditionRequired = "precondition_required";
    public const string PreconditionFailed = "precondition_failed";
    public const string IdempotencyKeyReused = "idempotency_key_reused";
    public const string IdempotencyKeyInUse = "idempotency_key_in_use";
    public const string Internal = "internal_error";
    public const string StorageFull = "storage_full";

    public const string RepUnknown = "rep_unknown";
    public const string AccountUnknown = "account_unknown";
    public const string TerritoryUnknown = "territory_unknown";
    public const string PlanUnknown = "plan_unknown";
    public const string MeasureUnknown = "measure_unknown";
    public const string PeriodUnknown = "period_unknown";
    public const string CurrencyUnknown = "currency_unknown";
    public const string ReferenceAmbiguous = "reference_ambiguous";
    public const string EntityUnknown = "entity_unknown";

    public const string AmountMalformed = "amount_malformed";
    public const string AmountTooPrecise = "amount_too_precise";
    public const string AmountTooLarge = "amount_too_large";
    public const string AmountNegative = "amount_negative";
    public const string DateMalformed = "date_malformed";
    public const string DateOutsideCalendar = "date_outside_calendar";
    public const string KindUnknown = "kind_unknown";
    public const string VersionMalformed = "version_malformed";
    public const string SplitsNot100 = "splits_not_100";
    public const string SplitRepTwice = "split_rep_twice";
    public const string SplitsTooMany = "splits_too_many";
    public const string PercentInvalid = "percent_invalid";
    public const string HouseExcludesRep = "house_excludes_rep";
    public const string VersionStale = "transaction_version_stale";
    public const string VersionConflict = "transaction_version_conflict";

    public const string RangeEmpty = "range_empty";
    public const string AssignmentOverlaps = "assignment_overlaps";
    public const string OwnersNot100 = "owners_not_100";
    public const string HierarchyCycle = "hierarchy_cycle";
    public const string HierarchyTooDeep = "hierarchy_too_deep";
    public const string CalendarOverlaps = "calendar_overlaps";
    public const string CalendarGap = "calendar_gap";
    public const string CalendarInvalid = "calendar_invalid";
    public const string CalendarInUse = "calendar_in_use";
    public const string CurrencyInUse = "currency_in_use";
    public const string FxRateOutOfRange = "fx_rate_out_of_range";
    public const string FxRateOfOwnCurrency = "fx_rate_of_own_currency";
    public const string FxRuleInvalid = "fx_rule_invalid";
    public const string FxRuleInUse = "fx_rule_in_use";
    public const string PlanFxDiffers = "plan_fx_differs";
    public const string QuotaNotPositive = "quota_not_positive";
    public const string QuotaFromOutside = "quota_from_outside_period";
    public const string PlanInvalid = "plan_invalid";
    public const string FigureTooLarge = "figure_too_large";
    public const string PlanTestFailed = "plan_test_failed";
    public const string LeaveOverlaps = "leave_overlaps";
    public const string FactInvalid = "fact_invalid";
    public const string LimitExceeded = "limit_exceeded";

    public const string PeriodAlreadyClosed = "period_already_closed";
    public const string PeriodNotClosed = "period_not_closed";
    public const string PeriodNotMonth = "period_not_month";
    public const string EarlierPeriodOpen = "earlier_period_open";
    public const string LaterPeriodClosed = "later_period_closed";
    public const string PeriodPayoutsMoved = "period_payouts_moved";
    public const string PayoutIsTrial = "payout_is_trial";
    public const string PayoutMoveIllegal = "payout_move_illegal";
    public const string PayoutInBatch = "payout_in_batch";
    public const string BatchEmpty = "batch_empty";
    public const string BatchMoveIllegal = "batch_move_illegal";
    public const string BatchClaimed = "batch_claimed";
    public const string ClaimUnknown = "claim_unknown";
    public const string ClaimExpired = "claim_expired";
    public const string LineUnknown = "line_unknown";
    public const string LineAlreadyAcknowledged = "line_already_acknowledged";

    public const string ScopeUnknown = "scope_unknown";
    public const string RoleUnknown = "role_unknown";
    public const string ExpiryPast = "expiry_past";
    public const string LastCredential = "last_credential";
    public const string KeyNotActive = "key_not_active";
    public const string TenantExists = "tenant_exists";

    public const string ScimSyntax = "scim_syntax_invalid";
    public const string ScimFilter = "scim_filter_invalid";
    public const string ScimPath = "scim_path_invalid";
    public const string ScimNoTarget = "scim_no_target";
    public const string ScimValue = "scim_value_invalid";
    public const string ScimMutability = "scim_mutability";
    public const string UserTaken = "user_taken";
    public const string UserInactive = "user_inactive";
    public const string UserUnknown = "user_unknown";

    public const string RepStillEmployed = "rep_still_employed";
    public const string WebhookUrlNotPublic = "webhook_url_not_public";
    public const string EventTypeUnknown = "event_type_unknown";
    public const string EventUnknown = "event_unknown";
    public const string WebhookDisabled = "webhook_disabled";

    public const string ImportRowUnknown = "import_row_unknown";
    public const string ImportRunning = "import_running";
    public const string RowMalformed = "row_malformed";
    public const string RowTooLong = "row_too_long";
    public const string HeaderInvalid = "header_invalid";
    public const string FileEmpty = "file_empty";
    public const string NotUtf8 = "not_utf8";
    public const string NulCharacter = "nul_character";
    public const string ImportFailed = "import_failed";

    public const string ConnectorUnknown = "connector_unknown";
    public const string ConfigInvalid = "connection_config_invalid";
    public const string MappingInvalid = "connection_mapping_invalid";
    public const string RecordLeftOut = "record_left_out";
    public const string MappedFieldAbsent = "mapped_field_absent";
    public const string SourceInUse = "source_in_use";
    public const string SecretsKeyMissing = "secrets_key_missing";
    public const string ConnectionNotActive = "connection_not_active";
    public const string ConnectionFailed = "connection_failed";
    public const string SignatureInvalid = "signature_invalid";
    public const string OverlayLeftOut = "overlay_left_out";
    public const string EmploymentRemoved = "employment_removed";
    public const string RecordNotKept = "record_not_kept";

    public static FrozenDictionary<string, ErrorCode> All { get; } = new ErrorCode[]
    {
        new(BodyMalformed, 400, "The body is not well-formed."),
        new(FieldUnknown, 400, "The body has a field that this operation does not know."),
        new(FieldRequired, 400, "A required field is missing."),
        new(FieldMalformed, 400, "A field has the wrong form."),
        new(FieldTooLong, 400, "A field is longer than allowed."),
        new(ParameterInvalid, 400, "A query parameter is not valid."),
        new(CursorInvalid, 400, "The cursor is not one this list gave out."),
        new(CursorExpired, 400, "What followed the cursor is not kept any more."),
        new(VersionUnknown, 400, "There is no such version of the API."),
        new(Unauthenticated, 401, "No valid credential was sent."),
        new(TokenInvalid, 401, "The access token cannot be taken."),
        new(TokenExpired, 401, "The access token has expired."),
        new(IdentityProviderUnavailable, 503, "The keys of the identity provider cannot be had: try again."),
        new(TenantMoving, 503, "The tenant is moving to another host: try again."),
        new(AnswerLate, 503, "The platform is slower than it waits for itself; what was sent may have been done: send it again."),
        new(Forbidden, 403, "The credential does not carry the scope this operation needs."),
        new(OwnPayout, 403, "Nobody approves their own payout."),
        new(SubmittedByApprover, 403, "Nobody approves what they have submitted."),
        new(NotFound, 404, "There is no such resource."),
        new(MethodNotAllowed, 405, "The resource does not have this method."),
        new(PayloadTooLarge, 413, "The body is larger than allowed."),
        new(MediaTypeUnsupported, 415, "The body is of a media type this operation does not read."),
        new(ContentEncodingUnsupported, 415, "Compressed bodies are not read."),
        new(RateLimited, 429, "Too many requests: wait as long as Retry-After says."),
        new(PreconditionRequired, 428, "Send If-Match with the resource's ETag."),
        new(PreconditionFailed, 412, "The resource has changed since its ETag was read."),
        new(IdempotencyKeyReused, 422, "The idempotency key was used with another body."),
        new(IdempotencyKeyInUse, 409, "A request with this idempotency key is still running."),
        new(StorageFull, 507, "The installation's disk is full; nothing of the request was kept."),
        new(Internal, 500, "The platform failed; nothing of the request was kept."),

        new(RepUnknown, 422, "No such rep."),
        new(AccountUnknown, 422, "No such account."),
        new(TerritoryUnknown, 422, "No such territory."),
        new(PlanUnknown, 422, "No such plan."),
        new(MeasureUnknown, 422, "No such measure."),
        new(PeriodUnknown, 422, "The fiscal calendar has no such period."),
        new(CurrencyUnknown, 422, "Not an ISO 4217 currency code."),
        new(ReferenceAmbiguous, 422, "Several sources use this external id: give the id instead."),
        new(EntityUnknown, 400, "Records of this kind cannot be imported."),

        new(AmountMalformed, 422, "Not a decimal number with a point."),
        new(AmountTooPrecise, 422, "More than four decimals."),
        new(AmountTooLarge, 422, "Above ten trillion."),
        new(AmountNegative, 422, "Amounts are not negative: send a refund with a positive amount."),
        new(DateMalformed, 422, "Not a date of the form YYYY-MM-DD."),
        new(DateOutsideCalendar, 422, "The date lies in no fiscal period."),
        new(KindUnknown, 422, "Not a kind of transaction: order, invoice, payment, refund or cancellation."),
        new(VersionMalformed, 422, "A version is a whole number from 1."),
        new(SplitsNot100, 422, "The parts of a split do not add up to 100 %."),
        new(SplitRepTwice, 422, "A rep stands twice in one split."),
        new(SplitsTooMany, 422, "A transaction is split into at most 64 parts."),
        new(PercentInvalid, 422, "A percent is above 0 and at most 100, with up to four decimals."),
        new(HouseExcludesRep, 422, "A house deal names no rep and no split."),
        new(VersionStale, 409, "A newer version of the transaction is known."),
        new(VersionConflict, 409, "This version of the transaction is known with other content."),

        new(RangeEmpty, 422, "A dated range ends before it begins."),
        new(AssignmentOverlaps, 422, "Two assignments share a day."),
        new(OwnersNot100, 422, "The owners of a territory do not add up to 100 % on some day."),
        new(HierarchyCycle, 422, "Somebody would be above themselves on some day."),
        new(HierarchyTooDeep, 422, "The hierarchy would be deeper than 32 levels."),
        new(CalendarOverlaps, 422, "The fiscal year overlaps another."),
        new(CalendarGap, 422, "The fiscal year would leave days between it and its neighbour that belong to none."),
        new(CalendarInvalid, 422, "The fiscal year's months do not follow each other."),
        new(CalendarInUse, 409, "Transactions, closed months, quotas or scores lie in the fiscal year or after it: its months cannot change."),
        new(CurrencyInUse, 409, "Plans, transactions or rates exist: the company's currency cannot change."),
        new(FxRateOutOfRange, 422, "A rate is above zero and below a billion, with at most ten decimals."),
        new(FxRateOfOwnCurrency, 422, "The company's own currency needs no rate."),
        new(FxRuleInvalid, 422, "The rule for other currencies cannot be taken."),
        new(FxRuleInUse, 409, "Plans name the company's rule for other currencies: it cannot change."),
        new(PlanFxDiffers, 422, "The plan names another rule for other currencies than the company's."),
        new(QuotaNotPositive, 422, "A quota is above zero."),
        new(QuotaFromOutside, 422, "The day from which a quota is set anew does not lie in its period."),
        new(PlanInvalid, 422, "The plan document breaks a rule of docs/plans.md."),
        new(FigureTooLarge, 422, "A figure has more digits than are calculated with."),
        new(PlanTestFailed, 422, "A test that stands in the plan document fails."),
        new(LeaveOverlaps, 422, "Two leaves of a rep share a day."),
        new(FactInvalid, 422, "Facts are texts, numbers, dates and truths by name."),
        new(LimitExceeded, 422, "More of something than the platform accepts."),

        new(PeriodAlreadyClosed, 409, "The period is closed."),
        new(PeriodNotClosed, 409, "The period is open."),
        new(PeriodNotMonth, 422, "Only fiscal months are closed and reopened."),
        new(EarlierPeriodOpen, 409, "An earlier period is still open."),
        new(LaterPeriodClosed, 409, "A later period is closed."),
        new(PeriodPayoutsMoved, 409, "Payouts of the period are already in review or beyond."),
        new(PayoutIsTrial, 409, "The payout is a trial while its period is open."),
        new(PayoutMoveIllegal, 409, "The payout's status does not allow this move."),
        new(PayoutInBatch, 409, "The payout moves with its batch."),
        new(BatchEmpty, 422, "No payout of the period waits for a batch."),
        new(BatchMoveIllegal, 409, "The batch's status does not allow this move."),
        new(BatchClaimed, 409, "Another claim holds the batch."),
        new(ClaimUnknown, 409, "This claim does not hold the batch."),
        new(ClaimExpired, 409, "The claim's lease has run out."),
        new(LineUnknown, 422, "The batch has no such line."),
        new(LineAlreadyAcknowledged, 409, "The line was acknowledged with another result."),

        new(ScopeUnknown, 422, "There is no such scope."),
        new(RoleUnknown, 422, "There is no such role."),
        new(ExpiryPast, 422, "The end lies in the past."),
        new(LastCredential, 409, "Nobody could make credentials any more."),
        new(KeyNotActive, 409, "The key is revoked or expired."),
        new(TenantExists, 409, "There is a tenant with this id."),

        new(ScimSyntax, 400, "The message is none of SCIM (RFC 7644)."),
        new(ScimFilter, 400, "The filter cannot be read, or asks for an attribute that is not kept."),
        new(ScimPath, 400, "The path cannot be read, or leads to an attribute that is not kept."),
        new(ScimNoTarget, 400, "There is no value where the operation applies."),
        new(ScimValue, 400, "An attribute has a value that it cannot have."),
        new(ScimMutability, 400, "The attribute is said by the platform."),
        new(UserTaken, 409, "Another user has the user name, or is the rep."),
        new(UserInactive, 403, "The user was deactivated by whoever provisions users."),
        new(UserUnknown, 403, "Nobody has provisioned the user."),

        new(RepStillEmployed, 409, "Only a rep who has left is erased."),
        new(WebhookUrlNotPublic, 422, "Events are sent to public https addresses alone."),
        new(EventTypeUnknown, 422, "There is no such type of event."),
        new(EventUnknown, 422, "There is no such event."),
        new(WebhookDisabled, 409, "The webhook is disabled."),

        new(ImportRowUnknown, 404, "The job has no such rejected row."),
        new(ImportRunning, 409, "The job is still running."),
        new(RowMalformed, 422, "The row cannot be read."),
        new(RowTooLong, 422, "The row is longer than allowed."),
        new(HeaderInvalid, 422, "The header row does not fit the records."),
        new(FileEmpty, 422, "The file has no rows."),
        new(NotUtf8, 422, "The text is not UTF-8."),
        new(NulCharacter, 422, "A text has a NUL character, which no store keeps."),
        new(ImportFailed, 409, "The job failed as a whole: send the file again."),

        new(ConnectorUnknown, 422, "No such connector is installed."),
        new(ConfigInvalid, 422, "The configuration breaks a rule of the connector's schema."),
        new(MappingInvalid, 422, "The mapping does not fit the connector's streams."),
        new(RecordLeftOut, 422, "The mapping leaves the record out: it counts for nothing."),
        new(MappedFieldAbsent, 422, "The mapping names a field of the vendor that the record does not have."),
        new(SourceInUse, 409, "Another connection of the source takes the same of it."),
        new(SecretsKeyMissing, 409, "The installation has no key to seal secrets with."),
        new(ConnectionNotActive, 409, "The connection is paused or has stopped: resume it first."),
        new(ConnectionFailed, 502, "The vendor could not be asked."),
        new(SignatureInvalid, 401, "The delivery does not bear the signature of the connection's vendor."),
        new(OverlayLeftOut, 422, "Overlay shares of a deal are not taken: overlays are credited by their territories."),
        new(EmploymentRemoved, 422, "The source has taken an employment back: a person looks at the rep."),
        new(RecordNotKept, 422, "What the record said is not kept, so it is not tried again by itself: `retry` has its stream read anew."),
    }.ToFrozenDictionary(c => c.Code);
}

public sealed record ErrorCode(string Code, int Status, string Title);
