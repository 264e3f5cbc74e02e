#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import StrictJSON

/// A key set (RFC 7517 §5).
enum JSONWebKeySet {
    private static let reader = JSONReader(
        limits: .init(maximumBytes: 256 * 1024, maximumDepth: 8), allowsByteOrderMark: false)

    static func write(_ keys: [VerificationKey]) throws -> Data {
        try json(["keys": keys.map { $0.webKey.members(for: $0.algorithm) }])
    }

    /// The keys of the set that can verify the broker's tokens, by id; nil where the document is not a key set.
    static func read(_ document: Data) -> [String: VerificationKey]? {
        guard let keys = (try? reader.read(document))?["keys"]?.array else { return nil }
        // A set may hold keys that are not understood, which count as absent (RFC 7517 §5).
        let usable = keys.compactMap { $0.object.flatMap(VerificationKey.init) }
        return Dictionary(usable.map { ($0.id, $0) }) { first, _ in first }
    }
}
