import Foundation
import IdentityBroker
import JOSE

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
