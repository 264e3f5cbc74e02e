import Foundation
import HTTPTypes
import IdentityBroker
import StrictJSON

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
            retryAfter: refusal.kind == .rateLimited ? RetryAfter.delay(in: headerFields, at: now) : nil
        )
    }
}
