package import HTTPTypes
package import IdentityBroker

/// An endpoint of an API that answers failures with numbers of its own, and what these mean there.
package struct APIEndpoint: Sendable {
    /// Whose API it is, as `WeChat`.
    package let vendor: String
    /// Its name in a sentence, as `sns/userinfo`.
    package let name: String
    /// The setting that says where it is.
    private let setting: String
    private let byCode: [Int64: Refusal]
    private let otherwise: Refusal

    /// Describes an endpoint.
    ///
    /// - Parameters:
    ///   - setting: The setting that says where it is.
    ///   - tables: What codes mean. Where several tables have a code, the first one counts; each has it once.
    ///   - otherwise: What any other code means.
    package init(
        _ name: String,
        of vendor: String,
        setting: String = "apiURL",
        refusals tables: [[Refusal]],
        otherwise: Refusal
    ) {
        self.name = name
        self.vendor = vendor
        self.setting = setting
        self.otherwise = otherwise
        let meanings = tables.joined().flatMap { refusal in refusal.codes.map { ($0, refusal) } }
        byCode = Dictionary(meanings) { first, _ in first }
    }

    /// Its name with whose it is, as `WeChat's sns/userinfo`.
    package var title: String { "\(vendor)'s \(name)" }

    /// The failure that a code means here.
    ///
    /// - Parameter retryAfter: The time to wait, if the answer says one.
    package func failure(by code: Int64, retryAfter: Duration?) -> BrokerError {
        let (listed, text) = (byCode[code], "\(code)")
        let refusal = listed ?? otherwise
        let time = refusal.kind == .rateLimited ? retryAfter : nil
        // A code of the tables is not the vendor's text, and is kept whatever its length.
        guard listed == nil else {
            return BrokerError(refusal.kind, refusal.message, listedCode: text, retryAfter: time)
        }
        return BrokerError(refusal.kind, refusal.message, upstreamCode: text, retryAfter: time)
    }

    /// The failure that the status of an answer means if there is no code in it.
    ///
    /// - Parameter retryAfter: The time to wait, if the answer says one.
    package func failure(by status: HTTPResponse.Status, retryAfter: Duration?) -> BrokerError {
        switch status.code {
        case 429:
            BrokerError(.rateLimited, "\(vendor) wants fewer requests. Try again later.", retryAfter: retryAfter)
        case 500...:
            BrokerError(.upstreamUnavailable, "\(vendor) cannot serve now. Try again later.", retryAfter: retryAfter)
        case 401, 403:
            .misconfigured(
                "\(vendor), or something in between, refuses requests to \(name) (HTTP status \(status.code)). Check \(setting)."
            )
        case 404, 405:
            .misconfigured("There is no \(name) of \(vendor) at that address. Check \(setting).")
        default:
            .misbehaved("\(title) answered with an HTTP status that it does not have.")
        }
    }
}
