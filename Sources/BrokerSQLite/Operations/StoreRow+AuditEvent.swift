import IdentityBroker

/// An audit event in a row of ``StoreStatement/newestEvents``: these columns, the event's texts, and its notices.
extension StoreRow {
    private enum EventColumn: Int, CaseIterable {
        case number, login, began, duration
    }

    /// The event's number in the order of writing.
    var eventNumber: Int64? { integer(EventColumn.number) }

    /// The stored event.
    ///
    /// - Throws: ``StoreFailure`` if someone else wrote to the table.
    func event() throws(StoreFailure) -> AuditEvent {
        let first = EventColumn.allCases.count
        let texts = AuditEvent.textNames.indices.map { text(at: first + $0) }
        guard let login = uuid(EventColumn.login),
            let began = time(EventColumn.began),
            let duration = integer(EventColumn.duration),
            let notices = text(at: first + texts.count).flatMap(NoticeList.init(text:)),
            let event = AuditEvent(
                login: login, began: began, duration: .nanoseconds(duration), texts: texts, notices: notices.notices)
        else {
            throw StoreFailure(
                "The audit event \(eventNumber ?? 0) is not as a broker writes one.", mayHaveHappened: false,
                reason: .corrupt)
        }
        return event
    }
}
