import HTTPTypes

import Foundation

/// The secrets that a provider instance has resolved, which the pipeline keeps out of errors and logs.
package final class SecretLedger: Sendable {
    private struct Secrets: Sendable {
        var lasting: [Secret] = []
        /// Those that upstreams issued to the app, latest last.
        var passing: [Secret] = []
    }

    /// Later ones displace earlier ones: an app's token is valid for hours.
    private static let maximumPassing = 64

    private let secrets = Locked(Secrets())

    package init() {}

    var count: Int { secrets.withLock { $0.lasting.count + $0.passing.count } }

    func add(_ secret: Secret) {
        // A provider may resolve at every login, and a secret may have been rotated in between.
        secrets.withLock { if !$0.lasting.contains(secret) { $0.lasting.append(secret) } }
    }

    /// Adds secrets that an upstream issued, and that others will replace.
    func add(passing issued: [Secret]) {
        guard !issued.isEmpty else { return }
        secrets.withLock { secrets in
            secrets.passing.removeAll(where: issued.contains)
            secrets.passing = (secrets.passing + issued).suffix(Self.maximumPassing)
        }
    }

    /// Whether a request contains a secret from the settings.
    func isFound(in request: UpstreamRequest) -> Bool {
        let basic = request.head.headerFields[.authorization].flatMap(Self.decodedBasic)
        return secrets.withLock { $0.lasting }.filter { $0.byteCount >= Redactor.shortestSecret }.map(SecretSearch.init)
            .contains { search in request.contains(search) || basic.map { search.matches(in: $0) } ?? false }
    }

    /// A redactor of errors and logs, for the secrets resolved so far and for one login's credential.
    func redactor(with credential: Credential) -> Redactor {
        redactor(with: credential.secrets, parts: credential.unspokenParts)
    }

    /// A redactor for the secrets resolved so far, and for others.
    func redactor(with others: [Secret] = [], parts: [Secret] = []) -> Redactor {
        let known = secrets.withLock { $0.passing.isEmpty ? $0.lasting : $0.lasting + $0.passing }
        return Redactor(others.isEmpty ? known : known + others, parts: parts)
    }

    /// The decoded credentials of an HTTP Basic field (RFC 7617 §2).
    private static func decodedBasic(_ field: String) -> [UInt8]? {
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "basic" else { return nil }
        return Data(base64Encoded: String(parts[1])).map { Array($0) }
    }
}
