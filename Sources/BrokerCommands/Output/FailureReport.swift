import IdentityBroker
import StrictJSON

/// A failure, as the command line reports it.
struct FailureReport {
    private struct Details {
        let kind: String
        let message: String
        let provider: String?
        let upstreamCode: String?
        let credential: String
        let retryAfter: Double?

        /// Every member, with null if unknown, so that a program always finds the same members.
        var members: JSONObject {
            [
                "kind": .string(kind),
                "message": .string(message),
                "provider": provider.map(JSONValue.string) ?? .null,
                "upstream_code": upstreamCode.map(JSONValue.string) ?? .null,
                "credential": .string(credential),
                "retry_after": retryAfter.map(JSONValue.double) ?? .null,
            ]
        }
    }

    private let error: Details

    /// An invalid command line, unrelated to any provider.
    init(usage message: String) {
        error = Details(
            kind: "usage",
            message: message,
            provider: nil,
            upstreamCode: nil,
            credential: CredentialFate.unused.rawValue,
            retryAfter: nil
        )
    }

    init(_ error: BrokerError) {
        self.error = Details(
            kind: error.kind.rawValue,
            message: error.message,
            provider: error.provider?.rawValue,
            upstreamCode: error.upstreamCode,
            credential: error.credential.rawValue,
            retryAfter: error.retryAfter.map { $0 / .seconds(1) }
        )
    }

    /// The report in the format of results.
    func written(as format: OutputFormat) -> String {
        switch format {
        case .json: json
        case .text: text
        }
    }

    /// One line of JSON.
    var json: String {
        let report: JSONObject = ["error": .object(error.members)]
        return report.terminalJSON
    }

    /// A few lines for people.
    var text: String {
        var notes = [error.kind]
        if let provider = error.provider { notes.append("provider \(provider)") }
        if let code = error.upstreamCode { notes.append("upstream code \(code.printable)") }
        if let seconds = error.retryAfter { notes.append("try again after \(seconds.formatted) s") }
        if error.provider != nil { notes.append("credential \(error.credential)") }
        return "error: \(error.message.printable)\n       (\(notes.joined(separator: ", ")))"
    }
}

extension Double {
    fileprivate var formatted: String {
        self == rounded() ? String(Int64(self)) : String(self)
    }
}
