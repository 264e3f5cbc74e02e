import Foundation
import Testing

@testable import IdentityBroker

@Suite("The size of what is stored")
struct StorableSizeTests {
    private static let mebibyte = String(repeating: "x", count: 1024 * 1024)

    private func signIn(
        subject: String = "person",
        claims: String = "{}",
        value: String = "id",
        records: [StoredRecord] = []
    ) -> SignIn {
        SignIn(
            key: IdentityKey(issuer: .example, subject: subject),
            provider: "scripted",
            alternateIdentifiers: [AlternateIdentifier(type: "", value: value)],
            claims: claims,
            time: .at(0),
            newAccount: AccountID(UUID()),
            records: records
        )
    }

    private func isRefused(_ signIn: SignIn) -> Bool {
        do throws(StoreFailure) {
            _ = try CommitPlan([.signIn(signIn)], at: .at(0))
            return false
        } catch {
            #expect(!error.mayHaveHappened)
            return true
        }
    }

    @Test("of an identity is at most a mebibyte, and of the records put with it another")
    func greatest() {
        #expect(!isRefused(signIn(claims: Self.mebibyte, value: "", records: [.example(size: 1024 * 1024)])))
        #expect(!isRefused(signIn(subject: String(repeating: "x", count: 255))))
    }

    @Test("is refused if it is larger")
    func tooGreat() {
        let signIns = [
            signIn(claims: Self.mebibyte), signIn(value: Self.mebibyte),
            signIn(records: [.example(size: 1024 * 1024), .example()]),
            signIn(subject: String(repeating: "x", count: 256)), signIn(subject: String(repeating: "é", count: 128)),
        ]
        for signIn in signIns { #expect(isRefused(signIn)) }
    }
}
