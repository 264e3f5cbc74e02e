import Foundation
import IdentityBroker

extension Date {
    /// The moment this many seconds after a fixed one in 2026.
    static func at(_ seconds: Double) -> Date {
        Date(timeIntervalSince1970: 1_767_323_045 + seconds)
    }
}

extension OneTimeReservation {
    /// A reservation of the credential with this number, until this many seconds after ``Foundation/Date/at(_:)`` zero.
    static func example(_ number: UInt8 = 0, login: UUID = UUID(), until seconds: Double = 10) -> OneTimeReservation {
        let key = OneTimeKey(digest: Array(repeating: number, count: 32))
        return OneTimeReservation(key: key, login: login, expiry: .at(seconds))
    }
}

extension AuditEvent {
    /// An event with a text in every field.
    static func example(_ text: String = "text", began: Date = .at(0)) -> AuditEvent {
        AuditEvent(
            login: UUID(),
            began: began,
            duration: .milliseconds(5),
            provider: text,
            providerType: text,
            credentialKind: text,
            issuer: text,
            subject: text,
            failure: text,
            credential: text,
            upstreamCode: text,
            notices: [text, "", text]
        )
    }
}
