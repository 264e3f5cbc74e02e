import FuzzSupport
import JOSE

/// The properties of a token that was not signed with a known key.
enum StrangerProperties {
    static func check(_ text: String) {
        guard let token = try? CompactJWS(text) else { return }
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        property("A token has three parts", holds: parts.count == 3)
        property(
            "A payload is base64url in its one spelling",
            holds: parts[1].elementsEqual(Base64URL.encode(token.payload).utf8))
        for (algorithm, keys) in KnownKeys.all {
            property(
                "What was not signed does not verify", holds: !verifies(token, allowing: [algorithm], keys.verification)
            )
        }
        property(
            "Nothing verifies where nothing is allowed",
            holds: KnownKeys.all.values.allSatisfy { !verifies(token, allowing: [], $0.verification) })
    }

    static func verifies(_ token: CompactJWS, allowing algorithms: Set<SignatureAlgorithm>, _ key: VerificationKey)
        -> Bool
    {
        (try? token.verify(allowing: algorithms) { _, _ in [key] }) != nil
    }
}
