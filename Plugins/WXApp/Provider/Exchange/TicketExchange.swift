import Foundation
import HTTPTypes
import IdentityBroker
import StrictJSON

/// The request that exchanges a ticket: `POST {baseURL}/oauth/app2wxapp/auth/{userPoolId}` with ticket and secret in
/// the JSON body. The query is empty, because access logs keep it.
struct TicketExchange: Sendable {
    /// What all these requests share: everything but the body.
    private let common: UpstreamRequest
    private let secret: Secret?

    init(endpoint: UpstreamURL, secret: Secret?) {
        common = .post(json: [], to: endpoint)
        self.secret = secret
    }

    func request(for ticket: Secret) -> UpstreamRequest {
        var body = JSONObject(minimumCapacity: 2)
        body["secret"] = secret.map { .string($0.reveal()) }
        body["ticket"] = .string(ticket.reveal())
        var request = common
        request.body = body.jsonBytes
        return request
    }
}

extension UpstreamResponse {
    /// The user record in the answer.
    ///
    /// A business code outranks the HTTP status; without one, only 200 and 201 are success.
    ///
    /// - Throws: What the code or the status means, or `upstreamMisbehaved` if a successful answer contains no record.
    func userRecord(at now: Date) throws(BrokerError) -> JSONObject {
        switch Envelope(body) {
        case .refusal(let code):
            throw error(Refusal.of(businessCode: code), code: "\(code)", at: now)
        case _ where status != .ok && status != .created:
            throw error(Refusal.of(httpStatus: status.code), code: "\(status.code)", at: now)
        case .record(let record):
            return record
        case .unintelligible(let reason):
            throw BrokerError(.upstreamMisbehaved, "GenAuth's answer cannot be used: \(reason).")
        }
    }

    private func error(_ refusal: Refusal, code: String, at now: Date) -> BrokerError {
        BrokerError(
            refusal.kind,
            refusal.message,
            upstreamCode: code,
            retryAfter: refusal.kind == .rateLimited ? retryAfter(at: now) : nil
        )
    }
}

extension JSONReader {
    /// The reader for everything that GenAuth sends: the answer, and the JSON texts inside it.
    ///
    /// The transport has already refused what is longer than the instance's `responseSize`. Raw control characters are
    /// allowed because WeChat puts them into nicknames and city names.
    static let upstream = JSONReader(
        limits: Limits(maximumBytes: .max, maximumDepth: 32),
        allowsRawControlCharactersInStrings: true
    )
}
