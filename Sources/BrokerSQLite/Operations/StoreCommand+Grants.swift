import IdentityBroker

import Foundation

extension StoreCommand {
    static func open(_ grant: Grant) -> StoreCommand {
        StoreCommand(
            .openGrant,
            [
                text(of: grant.id), grant.account.description, bytes(grant.client), bytes(grant.provider.rawValue),
                Timestamps.nanoseconds(of: grant.opened), Timestamps.nanoseconds(of: grant.expiry), grant.isRevoked,
                grant.version, bytes(grant.details),
            ]
        )
    }

    static func grant(_ id: UUID) -> StoreCommand {
        StoreCommand(.grant, [text(of: id)])
    }

    /// Changes one row if the stored version is the previous one, otherwise none.
    static func replace(_ grant: Grant) -> StoreCommand {
        StoreCommand(
            .replaceGrant,
            [
                text(of: grant.id), grant.version, grant.isRevoked, Timestamps.nanoseconds(of: grant.expiry),
                bytes(grant.details),
            ]
        )
    }

    static func purgeGrants(at now: Date, atMost count: Int) -> StoreCommand {
        StoreCommand(.purgeGrants, [Timestamps.nanoseconds(of: now), count])
    }

    /// In lower case, like an account's id.
    private static func text(of id: UUID) -> String { id.uuidString.lowercased() }
}
