import Crypto
import Foundation
import IdentityBroker
import JOSE

/// A refresh token: the grant's id, a dot, and 256 bits in base64url.
///
/// The first half of the bits belongs to the family and is the same in all tokens of a grant; the second half belongs
/// to the token. So a token that was rotated out is recognized as one of the family however old it is, while someone
/// who knows only the grant's id, which access tokens contain, cannot revoke anything by making up the rest.
struct RefreshToken {
    let grant: UUID
    private let family: [UInt8]
    private let own: [UInt8]

    private static let halfBytes = 16

    /// The first token of a grant.
    static func first(of grant: UUID, _ randomness: RandomSource) -> RefreshToken {
        RefreshToken(grant: grant, family: randomness.bytes(halfBytes), own: randomness.bytes(halfBytes))
    }

    private init(grant: UUID, family: [UInt8], own: [UInt8]) {
        self.grant = grant
        self.family = family
        self.own = own
    }

    /// Reads a token in the one form that ``text`` writes; nil for anything else.
    init?(_ secret: Secret) {
        let parts = secret.revealBytes().split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 2, let grant = UUID(canonical: String(decoding: parts[0], as: UTF8.self)),
            let bytes = Base64URL.decode(parts[1]), bytes.count == 2 * Self.halfBytes
        else { return nil }
        self.init(
            grant: grant, family: Array(bytes.prefix(Self.halfBytes)), own: Array(bytes.suffix(Self.halfBytes)))
    }

    var text: Secret {
        Secret("\(grant.canonical).\(Base64URL.encode(family + own))")
    }

    /// The digest of the family that a store sees.
    var familyDigest: String { Self.digest(family) }

    /// The digest of the token that a store sees.
    var digest: String { Self.digest(family + own) }

    /// The token that replaces this one. It is derived from this one and the salt, so that a client which lost the
    /// answer gets the same successor again, instead of a second one that would exist alongside it.
    func successor(salt: [UInt8]) -> RefreshToken {
        let code = HMAC<SHA256>.authenticationCode(for: salt, using: SymmetricKey(data: family + own))
        return RefreshToken(grant: grant, family: family, own: Array(code.prefix(Self.halfBytes)))
    }

    private static func digest(_ bytes: [UInt8]) -> String {
        Base64URL.encode(SHA256.hash(data: bytes))
    }
}

extension RefreshToken: CustomReflectable {
    /// A mirror without children: it is a secret.
    var customMirror: Mirror { Mirror(self, children: [:]) }
}
