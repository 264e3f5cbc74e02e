import GRDB
import IdentityBroker

import Foundation

extension StoreCommand {
    /// Reads the account of an identity.
    static func account(of key: IdentityKey) -> StoreCommand {
        StoreCommand(.accountOfIdentity, [bytes(key.issuer.rawValue), bytes(key.subject)])
    }

    static func makeAccount(_ id: AccountID, at time: Date) -> StoreCommand {
        StoreCommand(.makeAccount, [id.description, Timestamps.nanoseconds(of: time)])
    }

    /// Inserts the identity of a sign-in, for its new account.
    static func link(_ signIn: SignIn) -> StoreCommand {
        StoreCommand(.linkIdentity, values(of: signIn) + [signIn.newAccount.description])
    }

    /// Updates the identity of a sign-in.
    static func update(_ signIn: SignIn) -> StoreCommand {
        StoreCommand(.updateIdentity, values(of: signIn))
    }

    /// Reads the identities of an account, in the order of linking.
    static func identities(of account: AccountID) -> StoreCommand {
        StoreCommand(.identitiesOfAccount, [account.description])
    }

    private static func values(of signIn: SignIn) -> [(any DatabaseValueConvertible)?] {
        [
            bytes(signIn.key.issuer.rawValue), bytes(signIn.key.subject), bytes(signIn.provider.rawValue),
            bytes(AlternateIdentifierList(signIn.alternateIdentifiers).text), bytes(signIn.claims),
            Timestamps.nanoseconds(of: signIn.time),
        ]
    }
}
