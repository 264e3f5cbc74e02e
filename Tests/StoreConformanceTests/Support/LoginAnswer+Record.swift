import IdentityBroker
import broker_probe

extension LoginAnswer {
    /// Whether the event says what was answered.
    func isRecorded(by event: AuditEvent) -> Bool {
        event.login == login && event.failure == failure && event.subject == subject
    }
}
