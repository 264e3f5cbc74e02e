import Foundation
import IdentityBroker

extension Date {
    /// The moment this many seconds after a fixed one in 2026.
    static func at(_ seconds: Double) -> Date {
        Date(timeIntervalSince1970: 1_767_323_045 + seconds)
    }
}

extension OneTimeKey {
    /// The key of a number; no two are the same.
    static func example(_ number: Int = 0) -> OneTimeKey {
        let digits = withUnsafeBytes(of: UInt64(number).bigEndian) { Array($0) }
        return OneTimeKey(digest: digits + [UInt8](repeating: 7, count: 24))
    }
}

extension OneTimeReservation {
    /// A reservation until this many seconds after ``Foundation/Date/at(_:)`` zero.
    static func example(_ number: Int = 0, login: UUID = UUID(), until seconds: Double = 10) -> OneTimeReservation {
        OneTimeReservation(key: .example(number), login: login, expiry: .at(seconds))
    }
}

extension AuditEvent {
    /// An event with a value in every field.
    static func example(
        _ provider: String = "wxapp",
        login: UUID = UUID(),
        began: Date = .at(0),
        duration: Duration = .milliseconds(5),
        subject: String? = "5e5754ca4967cf6a3ff4e7cb",
        notices: [String] = ["phone_conflict", "name_cleaned"]
    ) -> AuditEvent {
        AuditEvent(
            login: login,
            began: began,
            duration: duration,
            provider: provider,
            providerType: "wxapp-type",
            credentialKind: "ticket",
            issuer: "https://core.genauth.cn/pool",
            subject: subject,
            failure: "access_denied",
            credential: "spent",
            upstreamCode: "2005",
            notices: notices
        )
    }
}
