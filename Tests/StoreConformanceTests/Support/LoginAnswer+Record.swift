import IdentityBroker
import broker_probe

extension LoginAnswer {
    /// Whether the event matches the answer.
    func isRecorded(by event: AuditEvent) -> Bool {
        event.login == login && event.failure == failure && event.subject == subject
    }
}
