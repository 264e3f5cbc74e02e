#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import IdentityBroker

extension KeyRing {
    private struct Document: Codable {
        struct Key: Codable {
            let algorithm: SigningAlgorithm
            let privateKey: Data
            let signsFrom: Date
            /// Nil in a ring written by an earlier version, like ``tokenLifetime``, in seconds.
            let hasSigned: Bool?
            let tokenLifetime: Int64?
            let overSince: Date?
            let aheadSince: Date?
        }

        let keys: [Key]
    }

    /// Encodes the ring for a store.
    func sealed(with encryptionKey: KeyEncryptionKey, asVersion version: Int) throws -> SealedKeyRing {
        let keys = entries.map { entry in
            Document.Key(
                algorithm: entry.key.algorithm,
                privateKey: Data(entry.key.representation),
                signsFrom: entry.signsFrom,
                hasSigned: entry.hasSigned,
                tokenLifetime: entry.longestTokenLifetime?.components.seconds,
                overSince: entry.overSince,
                aheadSince: entry.aheadSince
            )
        }
        return try encryptionKey.seal(
            json(Document(keys: keys)), asVersion: version, listing: entries.map(\.key.id))
    }

    /// Reads a ring from a store.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured``.
    init(_ sealed: SealedKeyRing, openedWith encryptionKey: KeyEncryptionKey) throws(BrokerError) {
        let document = try encryptionKey.open(sealed)
        do {
            self.init(
                try JSONDecoder().decode(Document.self, from: document).keys.map { key in
                    var entry = Entry(
                        key: try TokenSigningKey(key.algorithm, representation: key.privateKey),
                        signsFrom: key.signsFrom,
                        hasSigned: key.hasSigned ?? false,
                        longestTokenLifetime: key.tokenLifetime.map { .seconds($0) }
                    )
                    (entry.overSince, entry.aheadSince) = (key.overSince, key.aheadSince)
                    return entry
                })
        } catch {
            throw .misconfigured(
                """
                The signing keys in the store cannot be read, though they were opened. \
                Run the version of the broker that wrote them, or a later one.
                """
            )
        }
    }
}
