import BrokerSandbox
import Foundation
import IdentityBroker

/// The state and the decisions of a sandbox: a value without I/O, which is given the time.
struct SandboxState: VendorState {
    /// A code that was issued.
    struct IssuedCode: Sendable {
        let person: Person
        var isUsed = false
    }

    static let codeLifetime: TimeInterval = 300
    static let tokenLifetime: TimeInterval = 7200

    let clientId: String
    let clientSecret: String
    let redirectURIs: RedirectURIs
    let randomBytes: @Sendable (Int) -> [UInt8]

    var codes = ExpiringTable<IssuedCode>()
    /// The people of access tokens.
    var tokens = ExpiringTable<Person>()

    init(
        clientId: String,
        clientSecret: String,
        redirectURIs: RedirectURIs,
        randomBytes: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.clientId = clientId
        self.clientSecret = clientSecret
        self.redirectURIs = redirectURIs
        self.randomBytes = randomBytes
    }

    /// A new random text, which no one can guess.
    func handle() -> String { randomBytes(16).hexadecimal }

    mutating func issueCode(to person: Person, at now: Date) -> String {
        let code = handle()
        codes.add(IssuedCode(person: person), as: code, for: Self.codeLifetime, at: now)
        return code
    }
}
