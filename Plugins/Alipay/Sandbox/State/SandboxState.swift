import BrokerSandbox
import Foundation
import IdentityBroker

/// The state and the decisions of a sandbox: a value without I/O, which is given the time.
struct SandboxState: VendorState {
    /// A code that was issued.
    struct IssuedCode: Sendable {
        let person: Person
        let scope: String
        var isUsed = false
    }

    static let codeLifetime: TimeInterval = 24 * 60 * 60
    static let tokenLifetime: TimeInterval = 15 * 24 * 60 * 60
    /// The scope that covers the profile.
    static let profileScope = "auth_user"

    let appId: String
    let keys: GatewayKeys
    /// Whether the app gets `user_id` beside `open_id`.
    let givesUserIds: Bool
    let redirectURIs: RedirectURIs
    let randomBytes: @Sendable (Int) -> [UInt8]

    var codes = ExpiringTable<IssuedCode>()
    /// The people of access tokens, with what these are good for.
    var tokens = ExpiringTable<(person: Person, scope: String)>()

    init(
        appId: String,
        keys: GatewayKeys,
        givesUserIds: Bool,
        redirectURIs: RedirectURIs,
        randomBytes: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.appId = appId
        self.keys = keys
        self.givesUserIds = givesUserIds
        self.redirectURIs = redirectURIs
        self.randomBytes = randomBytes
    }

    /// A new random text of letters and digits, which no one can guess.
    func handle(_ count: Int) -> String { randomBytes(count).hexadecimal }

    mutating func issueCode(to person: Person, scope: String, at now: Date) -> String {
        let code = handle(16)
        codes.add(IssuedCode(person: person, scope: scope), as: code, for: Self.codeLifetime, at: now)
        return code
    }
}
