import JOSE
import Testing

/// Keys that are generated once, because an RSA key takes a while.
enum TestKeys {
    static let ec = Result { try SigningKey.generate(for: .es256) }
    static let otherEC = Result { try SigningKey.generate(for: .es256) }
    static let ed = Result { try SigningKey.generate(for: .edDSA) }
    static let rsa = Result { try SigningKey.generate(for: .rs256) }
    static let otherRSA = Result { try SigningKey.generate(for: .rs256) }

    /// The public part under a name.
    static func published(_ key: SigningKey, as id: String?) throws -> String {
        let set = String(decoding: JSONWebKeySet([try #require(key.publicKey)]).document, as: UTF8.self)
        let thumbprint = try #require(key.publicKey?.id)
        guard let id else { return set.replacing(#""kid":"\#(thumbprint)","#, with: "") }
        return set.replacing(thumbprint, with: id)
    }
}
