import Crypto
public import Foundation
import IdentityBroker
package import StrictJSON

/// A configuration in digests: one for each provider, client and setting of the service, and one for the store.
///
/// Two digests with the same salt can be compared, and reveal nothing else. A literal secret contributes only 16 bits,
/// so that a guess at it cannot be confirmed.
public struct ConfigurationDigest: Sendable, Hashable {
    /// The salt of the digests.
    public let salt: Data
    /// The digests, by key paths such as `clients.app` and `server.limits.concurrency`.
    public let sections: [String: String]

    /// The key paths that differ in another digest with the same salt, in order.
    public func differences(from other: ConfigurationDigest) -> [String] {
        Set(sections.keys).union(other.sections.keys).filter { sections[$0] != other.sections[$0] }.sorted()
    }
}

extension ConfigurationDigest {
    /// Reads what ``members`` makes; nil for anything else.
    package init?(_ members: JSONObject) {
        guard let salt = members["salt"]?.string.flatMap({ Data(base64Encoded: $0) }),
            let stored = members["sections"]?.object
        else { return nil }
        var sections: [String: String] = [:]
        for section in stored {
            guard let digest = section.value.string else { return nil }
            sections[section.name] = digest
        }
        self.init(salt: salt, sections: sections)
    }

    /// The digest as JSON.
    package var members: JSONObject {
        ["salt": .string(salt.base64EncodedString()), "sections": .object(JSONObject(sections))]
    }
}

extension Configuration {
    /// The digest of this configuration.
    public func digest(salt: Data) -> ConfigurationDigest {
        digest(server: serverSettings, store: store, salt: salt)
    }

    /// The digest of these providers and clients, with other settings of the service and another store.
    fileprivate func digest(
        server: [String: CheckedValue.Content],
        store: StoreEntry,
        salt: Data
    ) -> ConfigurationDigest {
        let writer = DigestWriter(key: SymmetricKey(data: salt))
        var sections: [String: String] = [:]
        for entry in providers { sections[entry.source.path.text] = writer.digest(of: entry.source.value.content) }
        for entry in clients { sections[entry.source.path.text] = writer.digest(of: entry.source.value.content) }
        for (path, content) in server { sections[path] = writer.digest(of: content) }
        sections["stores"] = writer.digest(of: .object(store.comparable))
        return ConfigurationDigest(salt: salt, sections: sections)
    }
}

extension ConfigurationState {
    /// The digest of what runs.
    public func digest(salt: Data) -> ConfigurationDigest {
        configuration.digest(server: runningServerSettings, store: started.store, salt: salt)
    }
}

/// Makes digests of values.
private struct DigestWriter {
    let key: SymmetricKey

    func digest(of content: CheckedValue.Content) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Data(text(of: content).utf8), using: key)
        return Data(code).base64EncodedString()
    }

    /// The value in an unambiguous form.
    private func text(of content: CheckedValue.Content) -> String {
        switch content {
        case .text(let text): "t\(text.utf8.count):\(text)"
        case .boolean(let flag): "b\(flag)"
        case .integer(let number): "i\(number);"
        case .duration(let duration): "d\(duration.components.seconds).\(duration.components.attoseconds);"
        case .secret(.environment(let name)): "e\(name.utf8.count):\(name)"
        case .secret(.file(let path)): "f\(path.utf8.count):\(path)"
        case .secret(.literal(let secret)): "s\(fingerprint(of: secret));"
        case .list(let elements): "l\(elements.count):\(elements.map { text(of: $0.content) }.joined())"
        case .object(let members):
            "o\(members.count):"
                + members.sorted { $0.key < $1.key }
                .map { "\($0.key.utf8.count):\($0.key)\(text(of: $0.value.content))" }.joined()
        }
    }

    private func fingerprint(of secret: Secret) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: secret.revealBytes(), using: key)
        return code.prefix(2).map { String($0) }.joined(separator: ",")
    }
}
