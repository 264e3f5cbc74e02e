import Foundation

@testable import IdentityBroker

extension OneTimeKey {
    static func example(_ ticket: String) -> OneTimeKey {
        OneTimeKey(issuer: .example, credential: .ticket(ticket))
    }
}

extension OneTimeReservation {
    /// A reservation of a ticket until this many seconds after the reference date.
    static func example(_ ticket: String = "ticket", login: UUID = UUID(), until seconds: Double = 10)
        -> OneTimeReservation
    {
        OneTimeReservation(key: .example(ticket), login: login, expiry: .at(seconds))
    }
}

extension Date {
    /// The moment this many seconds after the reference date.
    static func at(_ seconds: Double) -> Date {
        Date(timeIntervalSinceReferenceDate: seconds)
    }
}

extension AuditEvent {
    /// An event that differs from others only in its provider.
    static func example(_ provider: String = "scripted") -> AuditEvent {
        AuditEvent(
            login: UUID(),
            began: .at(0),
            duration: .milliseconds(5),
            provider: provider,
            providerType: "scripted",
            credentialKind: "ticket",
            issuer: nil,
            subject: nil,
            failure: nil,
            credential: "spent",
            upstreamCode: nil,
            notices: []
        )
    }
}
