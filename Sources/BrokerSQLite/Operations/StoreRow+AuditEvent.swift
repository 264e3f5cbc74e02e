import IdentityBroker

/// An audit event in a row of ``StoreStatement/newestEvents``.
extension StoreRow {
    private enum EventColumn: Int {
        case number, login, began, duration
        case action, client, provider, providerType, credentialKind, issuer, subject, failure, credential
        case upstreamCode, notices
    }

    /// The event's number in the order of writing.
    var eventNumber: Int64? { integer(EventColumn.number) }

    /// The stored event.
    ///
    /// - Throws: ``StoreFailure`` if someone else wrote to the table.
    func event() throws(StoreFailure) -> AuditEvent {
        guard let login = uuid(EventColumn.login),
            let began = time(EventColumn.began),
            let duration = integer(EventColumn.duration),
            let action = text(EventColumn.action),
            let provider = text(EventColumn.provider),
            let credentialKind = text(EventColumn.credentialKind),
            let credential = text(EventColumn.credential),
            let notices = text(EventColumn.notices).flatMap(NoticeList.init(text:))
        else {
            throw StoreFailure(
                "The audit event \(eventNumber ?? 0) is not as a broker writes one.", mayHaveHappened: false,
                reason: .corrupt)
        }
        return AuditEvent(
            action: AuditAction(rawValue: action),
            login: login,
            client: text(EventColumn.client),
            began: began,
            duration: .nanoseconds(duration),
            provider: provider,
            providerType: text(EventColumn.providerType),
            credentialKind: credentialKind,
            issuer: text(EventColumn.issuer),
            subject: text(EventColumn.subject),
            failure: text(EventColumn.failure),
            credential: credential,
            upstreamCode: text(EventColumn.upstreamCode),
            notices: notices.notices
        )
    }
}
