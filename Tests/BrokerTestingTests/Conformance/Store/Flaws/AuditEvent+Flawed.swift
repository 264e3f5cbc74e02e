import Foundation
import IdentityBroker

extension AuditEvent {
    /// An event with little more than the id of its login.
    static func example(of reservation: OneTimeReservation) -> AuditEvent {
        AuditEvent(
            login: reservation.login,
            began: reservation.expiry,
            duration: .zero,
            provider: "example",
            providerType: nil,
            credentialKind: "ticket",
            issuer: nil,
            subject: nil,
            failure: nil,
            credential: "unused",
            upstreamCode: nil,
            notices: []
        )
    }

    func replacing(subject: String?, began: Date? = nil) -> AuditEvent {
        AuditEvent(
            action: action,
            login: login,
            client: client,
            began: began ?? self.began,
            duration: duration,
            provider: provider,
            providerType: providerType,
            credentialKind: credentialKind,
            issuer: issuer,
            subject: subject,
            failure: failure,
            credential: credential,
            upstreamCode: upstreamCode,
            notices: notices
        )
    }
}
