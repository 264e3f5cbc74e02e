import GRDB
import IdentityBroker

import Foundation

extension StoreCommand {
    /// Reads an identity; see ``StoreRow/foundIdentity(_:of:)``.
    static func identity(_ key: IdentityKey) -> StoreCommand {
        StoreCommand(.knownIdentity, values(of: key))
    }

    static func makeAccount(_ id: AccountID, at time: Date) -> StoreCommand {
        StoreCommand(.makeAccount, [id.description, Timestamps.nanoseconds(of: time)])
    }

    /// Inserts the identity of a sign-in, for an account.
    static func link(_ signIn: SignIn, to account: AccountID) -> StoreCommand {
        StoreCommand(
            .linkIdentity,
            values(of: signIn) + [Timestamps.nanoseconds(of: signIn.time), account.description])
    }

    /// Updates the identity of a sign-in.
    static func update(_ signIn: SignIn, _ update: IdentityUpdate) -> StoreCommand {
        let (first, last) = (
            Timestamps.nanoseconds(of: update.firstLogin), Timestamps.nanoseconds(of: update.lastLogin)
        )
        guard update.isLatest else { return StoreCommand(.updateFirstLogin, values(of: signIn.key) + [first]) }
        return StoreCommand(.updateIdentity, values(of: signIn) + [first, last])
    }

    static func forgetContacts(of key: IdentityKey) -> StoreCommand {
        StoreCommand(.forgetContacts, values(of: key))
    }

    /// Inserts a contact, whose identity is there.
    static func keep(_ contact: VerifiedContact) -> StoreCommand {
        StoreCommand(.keepContact, values(of: contact.identity) + [contact.kind.rawValue, bytes(contact.value)])
    }

    static func countChange(of account: AccountID) -> StoreCommand {
        StoreCommand(.countChange, [account.description])
    }

    static func version(of account: AccountID) -> StoreCommand {
        StoreCommand(.accountVersion, [account.description])
    }

    /// Reads the identities of an account, in the order of linking.
    static func identities(of account: AccountID) -> StoreCommand {
        StoreCommand(.identitiesOfAccount, [account.description])
    }

    static func contacts(of account: AccountID) -> StoreCommand {
        StoreCommand(.contactsOfAccount, [account.description])
    }

    static func accounts(with kind: VerifiedContact.Kind, _ value: String, atMost count: Int) -> StoreCommand {
        StoreCommand(.accountsWithContact, [kind.rawValue, bytes(value), count])
    }

    private static func values(of key: IdentityKey) -> [(any DatabaseValueConvertible)?] {
        [bytes(key.issuer.rawValue), bytes(key.subject)]
    }

    private static func values(of signIn: SignIn) -> [(any DatabaseValueConvertible)?] {
        values(of: signIn.key) + [
            bytes(signIn.provider.rawValue), bytes(AlternateIdentifierList(signIn.alternateIdentifiers).text),
            bytes(signIn.claims),
        ]
    }
}
