import Foundation
import IdentityBroker

extension AuditEvent {
    /// The first field in which an event that was read differs from this one, which was written.
    ///
    /// - Parameter resolution: How much times may differ.
    func difference(from read: AuditEvent, resolution: Duration) -> String? {
        let texts: [(name: String, value: (AuditEvent) -> String?)] = [
            ("action", { $0.action.rawValue }), ("client", { $0.client }), ("provider", { $0.provider }),
            ("providerType", { $0.providerType }),
            ("credentialKind", { $0.credentialKind }), ("issuer", { $0.issuer }), ("subject", { $0.subject }),
            ("failure", { $0.failure }), ("credential", { $0.credential }), ("upstreamCode", { $0.upstreamCode }),
        ]
        for text in texts where !text.value(self).isIdentical(to: text.value(read)) {
            return "\(text.name) was \(text.value(self).shown) and came back as \(text.value(read).shown)"
        }
        guard notices.count == read.notices.count, zip(notices, read.notices).allSatisfy({ $0.isIdentical(to: $1) })
        else {
            return "\(notices.count) notices came back as \(read.notices.count), or as different ones"
        }
        guard login == read.login else { return "login was \(login) and came back as \(read.login)" }
        guard abs(began.timeIntervalSince(read.began)) <= resolution / .seconds(1) else {
            return "began was \(began.timeIntervalSince1970) and came back as \(read.began.timeIntervalSince1970)"
        }
        guard abs((duration - read.duration) / .seconds(1)) <= resolution / .seconds(1) else {
            return "duration was \(duration) and came back as \(read.duration)"
        }
        return nil
    }
}
