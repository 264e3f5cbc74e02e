import BrokerSandbox
import Crypto
import CryptoExtras
import Foundation
import IdentityBroker

/// The state and the decisions of a sandbox: a value without I/O, which is given the time.
struct SandboxState: VendorState {
    /// A code that was issued.
    struct IssuedCode: Sendable {
        enum Kind: Sendable {
            /// Of `wx.login`.
            case session
            /// Of `getPhoneNumber`.
            case phone
            /// Of a page, or of the SDK.
            case authorization(scope: String)
        }

        let kind: Kind
        let person: Person
        var isUsed = false
    }

    static let codeLifetime: TimeInterval = 300
    static let tokenLifetime: TimeInterval = 7200
    /// How long before its end a token is renewed, and both are good.
    static let renewal: TimeInterval = 300

    let app: App
    let secret: String
    let redirectURIs: RedirectURIs
    let randomBytes: @Sendable (Int) -> [UInt8]

    var codes = ExpiringTable<IssuedCode>()
    /// The people of users' access tokens, with what these are good for.
    var userTokens = ExpiringTable<(person: Person, scope: String)>()
    /// Those of `stable_token`.
    var appTokens = AppTokens(lifetime: tokenLifetime, renewal: renewal)
    /// At most one for each person: a new login replaces it.
    private(set) var sessionKeys: [Person: String] = [:]

    init(
        _ app: App,
        secret: String,
        redirectURIs: RedirectURIs,
        randomBytes: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.app = app
        self.secret = secret
        self.redirectURIs = redirectURIs
        self.randomBytes = randomBytes
    }

    /// A new random text, which no one can guess.
    func handle(_ count: Int) -> String { Base64URL.encode(randomBytes(count)) }

    mutating func issueCode(_ kind: IssuedCode.Kind, to person: Person, at now: Date) -> String {
        let code = handle(24)
        codes.add(IssuedCode(kind: kind, person: person), as: code, for: Self.codeLifetime, at: now)
        return code
    }
}

extension SandboxState {
    /// What a mini program or a mobile app gets for a login of this person.
    struct AppLogin: Sendable {
        let code: String
        /// What the program may send along.
        let parts: [String: String]
    }

    mutating func logIn(_ person: Person, at now: Date) throws -> AppLogin {
        guard app.type == App.miniProgram.type else {
            return AppLogin(
                code: issueCode(.authorization(scope: "snsapi_userinfo"), to: person, at: now), parts: [:])
        }
        let bytes = randomBytes(16)
        let key = Data(bytes).base64EncodedString()
        sessionKeys[person] = key
        let rawData = BrokenText.escaped(try JSON.object(person.miniProgramProfile()).encoded())
        let iv = randomBytes(16)
        let record = person.miniProgramProfile()
            .with(person.ids(at: app.appId, as: ("openId", "unionId")))
            .with(["watermark": ["timestamp": .number(Int(now.timeIntervalSince1970)), "appid": .text(app.appId)]])
        let encrypted = try AES._CBC.encrypt(
            Array(BrokenText.escaped(try JSON.object(record).encoded()).utf8), using: SymmetricKey(data: bytes),
            iv: AES._CBC.IV(ivBytes: iv))
        return AppLogin(
            code: issueCode(.session, to: person, at: now),
            parts: [
                "phone_code": issueCode(.phone, to: person, at: now),
                "encrypted_data": encrypted.base64EncodedString(), "iv": Data(iv).base64EncodedString(),
                "raw_data": rawData,
                "signature": Insecure.SHA1.hash(data: Array((rawData + key).utf8)).hexadecimal,
            ])
    }
}
