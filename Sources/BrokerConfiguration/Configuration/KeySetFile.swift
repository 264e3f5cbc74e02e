import BrokerTokens
import IdentityBroker
import JOSE

/// A file with the public keys of a client: a JSON Web Key Set (RFC 7517 §5).
struct KeySetFile: Sendable, Hashable {
    let path: String

    /// What a set of public keys may be long.
    private static let maximumBytes = 256 * 1024

    /// Why the keys cannot be used, for an operator.
    struct Flaw: Error {
        let message: String
    }

    /// The keys in it that verify signatures, 1 to 8. Those for encryption are left out.
    ///
    /// - Throws: ``Flaw``.
    func keys() throws(Flaw) -> [JSONWebKey] {
        let set: JSONWebKeySet
        do {
            set = try JSONWebKeySet(reading: contents())
        } catch let error as JSONWebKeySet.Fault {
            throw Flaw(message: "The file is refused: \(error.rawValue). It must hold the client's public keys.")
        } catch {
            throw Flaw(message: "The file cannot be read. Check that it exists and its permissions.")
        }
        let keys = set.keys.filter { !$0.algorithms.isEmpty }
        guard (1...TokenClient.mostSecrets).contains(keys.count) else {
            throw Flaw(
                message:
                    "The file has \(keys.count) keys for signatures that can be read. A client has 1 to \(TokenClient.mostSecrets)."
            )
        }
        guard keys.allSatisfy({ VerificationKey($0) != nil }) else {
            throw Flaw(
                message: "A key of the file verifies no signature. RSA keys need 2048 to 8192 bits.")
        }
        guard Set(keys.map(\.thumbprint)).count == keys.count else {
            throw Flaw(message: "A key is in the file twice.")
        }
        return keys
    }

    private func contents() throws -> [UInt8] {
        try FileDescriptorReader(path: path).read(atMost: Self.maximumBytes + 1)
    }
}
