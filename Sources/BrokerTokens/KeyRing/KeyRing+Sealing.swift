import Foundation
import IdentityBroker
import StrictJSON

extension KeyRing {
    /// Whatever was written is read.
    private static let reader = JSONReader(limits: .init(maximumBytes: .max))

    /// Encodes the ring for a store.
    ///
    /// - Parameter previous: The record that it replaces; nil for the first ring.
    func sealed(
        with encryptionKey: KeyEncryptionKey,
        replacing previous: Record<SealedKeyRing>?
    ) throws -> Record<SealedKeyRing> {
        var document: JSONObject = ["keys": .array(entries.map { .object($0.members) })]
        if !retired.isEmpty { document["retired"] = .array(retired.map { .object($0.members) }) }
        let sealed = try encryptionKey.seal(
            Data(document.jsonBytes), asVersion: (previous?.version ?? 0) + 1, listing: entries.map(\.key.id))
        return previous?.next(sealed) ?? Record(sealed, id: SealedKeyRing.id)
    }

    /// Reads a ring from a store.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured``.
    init(_ sealed: Record<SealedKeyRing>, openedWith encryptionKey: KeyEncryptionKey) throws(BrokerError) {
        let document = try encryptionKey.open(sealed)
        do {
            guard let document = try Self.reader.read(document).object else { throw UnreadableMember() }
            self.init(
                try document.required("keys", \.objects).map { try Entry($0) },
                // Absent in a ring written by an earlier version.
                retired: try document.optional("retired", \.objects)?.map { try RetiredKey($0) } ?? [])
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

extension KeyRing.Entry {
    fileprivate init(_ members: JSONObject) throws {
        let algorithm = try members.required("algorithm") { $0.string.flatMap(SigningAlgorithm.init) }
        self.init(
            key: try TokenSigningKey(algorithm, representation: members.required("privateKey", \.bytes)),
            signsFrom: try members.required("signsFrom", \.time),
            // Absent in a ring written by an earlier version, like the lifetime.
            hasSigned: try members.optional("hasSigned", \.bool) ?? false,
            longestTokenLifetime: try members.optional("tokenLifetime", \.int64).map { .seconds($0) }
        )
        overSince = try members.optional("overSince", \.time)
        aheadSince = try members.optional("aheadSince", \.time)
    }

    fileprivate var members: JSONObject {
        var members: JSONObject = [
            "algorithm": .string(key.algorithm.rawValue),
            "privateKey": .bytes(Data(key.representation)),
            "signsFrom": .time(signsFrom),
            "hasSigned": .bool(hasSigned),
        ]
        members["tokenLifetime"] = (longestTokenLifetime?.components.seconds).map(JSONValue.integer)
        members["overSince"] = overSince.map(JSONValue.time)
        members["aheadSince"] = aheadSince.map(JSONValue.time)
        return members
    }
}
