import Foundation
import FuzzSupport
import JOSE

/// The properties of a token that was signed with a known key, whatever it contains.
enum SignatureProperties {
    static func check(header: [UInt8], payload: [UInt8]) {
        for (algorithm, keys) in KnownKeys.all {
            let input = "\(Base64URL.encode(header)).\(Base64URL.encode(payload))"
            guard let signature = try? keys.signing.signature(for: Array(input.utf8)) else {
                property("A known key signs", holds: false)
                return
            }
            guard let token = try? CompactJWS("\(input).\(Base64URL.encode(signature))") else { return }
            property("The payload is what was signed", holds: token.payload == payload)
            check(token, algorithm, keys, header: header)
            checkForgeries(of: input, signature, algorithm, keys)
        }
    }

    /// A token verifies exactly if, according to Foundation, its header names the algorithm and nothing critical.
    private static func check(
        _ token: CompactJWS,
        _ algorithm: SignatureAlgorithm,
        _ keys: KnownKeys,
        header: [UInt8]
    ) {
        let members = (try? JSONSerialization.jsonObject(with: Data(header))) as? [String: Any]
        let isFit = members?["alg"] as? String == algorithm.rawValue && members?["crit"] == nil
        let verifies = StrangerProperties.verifies(token, allowing: [algorithm], keys.verification)
        property("What is signed as its header says verifies, and nothing else", holds: verifies == isFit)
        let others = Set(SignatureAlgorithm.allCases).subtracting([algorithm])
        property(
            "No header makes another algorithm of it",
            holds: !StrangerProperties.verifies(token, allowing: others, keys.verification))
    }

    private static func checkForgeries(
        of input: String,
        _ signature: [UInt8],
        _ algorithm: SignatureAlgorithm,
        _ keys: KnownKeys
    ) {
        for position in [0, signature.count / 2, signature.count - 1] {
            var forged = signature
            forged[position] ^= 1
            guard let token = try? CompactJWS("\(input).\(Base64URL.encode(forged))") else { continue }
            property(
                "What was altered does not verify",
                holds: !StrangerProperties.verifies(token, allowing: [algorithm], keys.verification))
        }
    }
}
