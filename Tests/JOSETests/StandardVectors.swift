import Foundation
import StrictJSON
import Testing

@testable import JOSE

/// The examples of RFC 7515 Appendix A, RFC 7517 Appendix A, RFC 7520 §4, RFC 7638 §3.1 and RFC 8037 Appendix A.
struct StandardVectors: Decodable {
    struct Signature: Decodable, CustomTestStringConvertible {
        let source: String
        let algorithm: String
        let key: [String: String]
        let token: String

        var testDescription: String { source }
    }

    struct Thumbprint: Decodable, CustomTestStringConvertible {
        let source: String
        let key: [String: String]
        let thumbprint: String

        var testDescription: String { source }
    }

    struct KeySet: Decodable {
        let keys: [[String: String]]

        var document: [UInt8] { get throws { try Array(JSONSerialization.data(withJSONObject: ["keys": keys])) } }
    }

    let signatures: [Signature]
    let thumbprints: [Thumbprint]
    let keySets: [String: KeySet]

    static let all: StandardVectors = {
        let file = Bundle.module.url(forResource: "standards", withExtension: "json", subdirectory: "Fixtures")
        // Without its fixture the suite must fail.
        guard let file, let vectors = try? JSONDecoder().decode(StandardVectors.self, from: Data(contentsOf: file))
        else {
            preconditionFailure("Fixtures/standards.json cannot be read.")
        }
        return vectors
    }()
}

extension StandardVectors.Signature {
    var verificationKey: VerificationKey? {
        get throws {
            if let secret = key["k"] { return Base64URL.decode(secret).map(VerificationKey.init(secret:)) }
            return try publicKey.flatMap(VerificationKey.init)
        }
    }

    var publicKey: JSONWebKey? { get throws { try JSONWebKey(object(of: key)) } }
}

/// An object with these members, read from a document.
func object(of members: [String: Any]) throws -> JSONObject {
    let document = try JSONSerialization.data(withJSONObject: members)
    return try #require(JSONReader().read(document).object)
}
