import Foundation
import Testing

@testable import IdentityBroker

@Suite("Which account a login leads to")
struct LinkingPolicyTests {
    private let key = SignIn.example().key

    private func found(contacts: [VerifiedContact] = []) -> FoundIdentity {
        FoundIdentity(account: AccountID(UUID()), firstLogin: .at(10), lastLogin: .at(20), contacts: contacts)
    }

    private func contact(_ value: String) -> VerifiedContact {
        VerifiedContact(kind: .email, value: value, identity: key)
    }

    @Test("is the identity's own, or the proposed one if it has none")
    func decision() {
        let (signIn, found) = (SignIn.example(), found())
        #expect(LinkingPolicy.decide(signIn, found: nil) == .new(signIn.newAccount))
        #expect(LinkingPolicy.decide(signIn, found: found) == .existing(found.account))
        #expect(LinkingPolicy.decide(signIn, found: found).account == found.account)
    }

    /// The time of a login, whether it counts as the latest, and the first and last login then.
    private static let logins: [[Double]] = [
        [5, 0, 5, 20], [15, 0, 10, 20], [20, 1, 10, 20], [25, 1, 10, 25],
        [-86_380, 0, -86_380, 20], [-86_381, 1, -86_381, -86_381],
    ]

    @Test("is updated by a login as of its time, and by one more than a day behind", arguments: logins)
    func times(_ login: [Double]) {
        let update = found().update([contact("a@example.com")], at: .at(login[0]))
        #expect(update.isLatest == (login[1] == 1))
        #expect(update.firstLogin == .at(login[2]))
        #expect(update.lastLogin == .at(login[3]))
        #expect(update.changesContacts == update.isLatest)
    }

    @Test("gets another version only if the verified contacts change")
    func contacts() {
        let (one, two) = ([contact("a@example.com")], [contact("b@example.com")])
        let none: [VerifiedContact] = []
        for (before, after) in [(one, one), (one, two), (one, none), (none, one), (none, none)] {
            #expect(found(contacts: before).update(after, at: .at(30)).changesContacts == (before != after))
        }
    }

    @Test("is not influenced by what an upstream only asserts")
    func verification() throws {
        let email = try #require(EmailAddress("Ada@Example.com"))
        let phone = try #require(PhoneNumber("+12345678"))
        var claims = Claims()
        #expect(VerifiedContact.contacts(of: key, in: claims).isEmpty)
        claims.email = .asserted(Asserted(email), isKnownUnverified: false)
        claims.phoneNumber = .asserted(Asserted(phone), isKnownUnverified: true)
        #expect(VerifiedContact.contacts(of: key, in: claims).isEmpty)
        claims.phoneNumber = .verified(Verified(phone))
        claims.email = .verified(Verified(email))
        let contacts = VerifiedContact.contacts(of: key, in: claims)
        #expect(contacts.map(\.kind) == [.email, .phone])
        #expect(contacts.map(\.value) == [email.rawValue, "+12345678"])
        #expect(contacts.allSatisfy { $0.identity == key })
        #expect(!String(reflecting: contacts).contains("1234567"))
    }
}
