import Foundation
import IdentityBroker
import JOSE
import StrictJSON

/// Checks signed tokens of one issuer: the one place where a signature is trusted.
///
/// No check can be disabled, and the result is either the claims or an error.
struct TokenVerifier {
    enum Keys {
        case shared(SigningKeys)
        case fixed([String: TokenVerificationKey])
    }

    let issuer: String
    let keys: Keys
    let clock: BrokerClock
    let leeway: ClockLeeway

    /// - Throws: ``OAuthError`` with ``OAuthError/Code-swift.struct/invalidToken``; of kind `unavailable` if the store of
    ///   the keys fails.
    func verify(_ text: String, as type: TokenType) async throws(OAuthError) -> TokenClaims {
        let token = try refusing { () throws(TokenFault) in
            let token = try SignedToken(text)
            guard type.isNamed(by: token.type) else { throw .wrongType }
            return token
        }
        let key = try await key(token.keyID)
        return try refusing { () throws(TokenFault) in
            guard let key else { throw .unknownKey }
            return try TokenClaims(token.payload(verifiedBy: key), issuer: issuer, at: clock.now(), leeway: leeway)
        }
    }

    private func key(_ id: String) async throws(OAuthError) -> TokenVerificationKey? {
        switch keys {
        case .fixed(let keys):
            return keys[id]
        case .shared(let keys):
            do throws(BrokerError) {
                return try await keys.verificationKey(id)
            } catch {
                throw OAuthError(error)
            }
        }
    }
}

/// Runs a check, and converts its fault to the error that a client sees.
func refusing<Value>(_ check: () throws(TokenFault) -> Value) throws(OAuthError) -> Value {
    do throws(TokenFault) {
        return try check()
    } catch {
        throw OAuthError(error)
    }
}

extension OAuthError {
    init(_ fault: TokenFault) {
        self.init(.invalidToken, "The token is refused: \(fault.rawValue).")
    }
}

/// A token of this broker, split into its parts. Its header is read more strictly than others' tokens: it contains
/// `alg`, `kid` and `typ`, and nothing else.
struct SignedToken {
    let type: String
    let keyID: String
    private let algorithm: String
    private let token: CompactJWS

    private static let headerReader = JSONReader(
        limits: .init(maximumBytes: 1024, maximumDepth: 2), allowsByteOrderMark: false)

    /// - Throws: ``TokenFault``: too long, malformed, or a header with anything but `alg`, `kid` and `typ`. `crit`, a
    ///   key or the address of one, and the marks of a nested or encrypted token are refused that way (CVE-2026-29000).
    init(_ text: String) throws(TokenFault) {
        do throws(CompactJWS.Fault) {
            token = try CompactJWS(text, headerReader: Self.headerReader)
        } catch {
            throw error == .tooLong ? .tooLong : .malformed
        }
        guard token.header.count == 3, let type = token.type, let keyID = token.keyID,
            let algorithm = token.header["alg"]?.string
        else { throw .wrongHeader }
        self.type = type
        self.keyID = keyID
        self.algorithm = algorithm
    }

    /// The content that the key has signed.
    ///
    /// The key determines its algorithm, and the header only has to agree (CVE-2026-11800: the header chose).
    func payload(verifiedBy key: TokenVerificationKey) throws(TokenFault) -> [UInt8] {
        guard algorithm == key.algorithm.rawValue else { throw .wrongAlgorithm }
        do throws(CompactJWS.Fault) {
            try token.verify(allowing: [key.algorithm.signature]) { _, _ in [key.key] }
        } catch {
            throw .wrongSignature
        }
        return token.payload
    }
}

/// The type of a signed token, as its `typ` says (RFC 7515 §4.1.9). Each kind has its own, and is refused in place of
/// any other (CVE-2023-48309: a token created for one step of a login was accepted as a session).
enum TokenType: String {
    case accessToken = "at+jwt"
    case idToken = "JWT"
    case logoutToken = "logout+jwt"

    /// Whether a header's `typ` names this type: in any case, with or without `application/` (RFC 9068 §4).
    func isNamed(by text: String) -> Bool {
        let text = text.lowercased()
        let prefix = "application/"
        return (text.hasPrefix(prefix) ? text.dropFirst(prefix.count) : text[...]) == rawValue.lowercased()
    }
}

/// How far the clock may be off when a token is checked.
struct ClockLeeway {
    /// How much longer than stated a token is valid.
    let expiry: Duration
    /// How much earlier than stated a token is valid.
    let start: Duration

    static let none = ClockLeeway(expiry: .zero, start: .zero)

    /// For another's tokens, or another's clock.
    static func others(_ skew: Duration) -> ClockLeeway {
        let skew = min(max(skew, .zero), KeyRotation.clockSkew)
        return ClockLeeway(expiry: skew, start: skew)
    }

    /// For our own tokens: an expired token has expired (RFC 7662 §4). A token from the future was issued by a replica
    /// whose clock is ahead, or before the clock was set back: it is accepted for as long as a token can live at all.
    static func own(_ lifetimes: TokenLifetimes) -> ClockLeeway {
        ClockLeeway(expiry: .zero, start: max(lifetimes.longest, KeyRotation.clockSkew))
    }
}

/// Why a token is refused: for the developer of a resource server, and without secrets.
enum TokenFault: String, Error {
    case tooLong = "it is too long"
    case malformed = "it is not a JSON Web Signature in compact form"
    case wrongHeader = "its header has to name alg, kid and typ, and nothing else"
    case wrongType = "it is a token of another type"
    case unknownKey = "no key of the issuer has its kid"
    case wrongAlgorithm = "its alg is not the algorithm of its key"
    case wrongSignature = "its signature does not verify"
    case malformedClaims = "a claim that it must have is missing or malformed"
    case wrongIssuer = "it is of another issuer"
    case wrongAudience = "it is meant for another audience"
    case expired = "it has expired"
    case notYetValid = "it is not valid yet"
}
