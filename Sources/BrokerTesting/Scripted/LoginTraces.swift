package import IdentityBroker
package import Logging

/// What logins leave behind as text: errors, audit events and log lines, in which no secret may be.
package struct LoginTraces {
    private let log = LogRecording()
    /// The errors of the logins that failed.
    package private(set) var failures: [BrokerError] = []
    /// The audit events of all logins.
    package private(set) var events: [AuditEvent] = []

    /// Begins without any.
    package init() {}

    /// The logger of the instances and brokers that leave traces here.
    package var logger: Logger { log.makeLogger() }

    /// Runs a login, and adds what it leaves behind.
    package mutating func record(
        at desk: LoginDesk,
        _ login: (LoginDesk) async throws -> Void = { _ = try await $0.redirect() }
    ) async {
        do {
            try await login(desk)
        } catch {
            failures.append(error as? BrokerError ?? BrokerError(.internalError, "It threw \(type(of: error))."))
        }
        events += desk.store.auditEvents
    }

    /// All of them, each in every rendering.
    package var texts: [String] {
        let errors = failures.flatMap { [$0.message, $0.upstreamCode ?? "", "\($0)", String(reflecting: $0)] }
        let records = events.map { event in
            var text = ""
            dump(event, to: &text)
            return text
        }
        return errors + records + [log.text]
    }

    /// The first of the texts in which one of these occurs; nil if none does.
    package func mention(of secrets: [String]) -> String? {
        texts.first { text in secrets.contains { text.contains($0) } }
    }
}
