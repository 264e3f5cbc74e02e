import Foundation
import HTTPTypes
import IdentityBroker
import StrictJSON
import UpstreamAPI

/// A method of Alipay's gateway that a login calls.
enum GatewayMethod: String, Sendable {
    /// The code in, the user's ids and access token out.
    case token = "alipay.system.oauth.token"
    /// The user's access token in, the profile out.
    case profile = "alipay.user.info.share"
}

/// Why a call has no result.
struct CallFailure: Error, Sendable {
    let error: BrokerError
    /// Whether the signature of the answer does not verify. The answer may be forged, so the login ends.
    var isUnverified = false
}

/// Calls of the gateway, each signed, and each answer verified before anything in it is believed.
struct Gateway: Sendable {
    let app: AlipayApp

    /// The members of a success.
    ///
    /// - Throws: ``CallFailure``: what sending throws, and what the answer means.
    func call(
        _ method: GatewayMethod,
        _ parameters: [String: String],
        in exchange: ExchangeContext
    ) async throws(CallFailure) -> JSONObject {
        let response: UpstreamResponse
        do throws(BrokerError) {
            let request = SignedRequest(method.rawValue, parameters, of: app, at: exchange.now)
            response = try await exchange.send(try request.upstreamRequest(to: app))
        } catch {
            throw CallFailure(error: error)
        }
        return try members(of: response, to: method, at: exchange.now)
    }

    /// What an answer says. The body does, whatever its Content-Type is (Alipay's is `text/html`): a refusal that Alipay signed
    /// under any status, a success under 2xx alone.
    private func members(
        of response: UpstreamResponse,
        to method: GatewayMethod,
        at now: Date
    ) throws(CallFailure) -> JSONObject {
        let answer: VerifiedAnswer
        do throws(VerifiedAnswer.Fault) {
            answer = try VerifiedAnswer(
                response.body, to: method.rawValue, verifiedWith: app.keys, repairing: method == .profile)
        } catch {
            // What cannot be read says no more than its status. What can be, and is not Alipay's, is believed under none.
            guard error != .unreadable || response.status.kind == .successful else {
                throw CallFailure(error: outage(response, at: now))
            }
            throw error.failure(of: method)
        }
        if let refusal = Refusal(in: answer.members) {
            throw CallFailure(error: refusal.error(retryAfter: response.retryAfter(at: now)))
        }
        guard response.status.kind == .successful else { throw CallFailure(error: outage(response, at: now)) }
        guard !answer.isError else {
            throw CallFailure(
                error: .misbehaved(
                    "Alipay's \(method.rawValue) answered with an error without a code. Begin a new login."))
        }
        return answer.members
    }

    private func outage(_ response: UpstreamResponse, at now: Date) -> BrokerError {
        if let outage = response.outage(of: "Alipay", at: now) { return outage }
        switch response.status.code {
        case 401, 403, 404, 405: return .misconfigured("Alipay's gateway is not at that address. Check apiURL.")
        default: return .misbehaved("Alipay's gateway answered with an HTTP status that it does not have.")
        }
    }
}

extension VerifiedAnswer.Fault {
    fileprivate func failure(of method: GatewayMethod) -> CallFailure {
        switch self {
        case .unreadable:
            CallFailure(
                error: .misbehaved(
                    "The answer of Alipay's \(method.rawValue) is not a JSON object with one answer in it."))
        case .unverified(.otherSignature):
            CallFailure(
                error: .misbehaved(
                    """
                    The signature of Alipay's answer does not verify. If that is so at every login, check that \
                    alipayPublicKey or alipayCertificate is Alipay's for this app.
                    """),
                isUnverified: true)
        case .unverified(.otherCertificate):
            CallFailure(
                error: .misbehaved(
                    """
                    Alipay signs with another certificate than alipayCertificate. Download the app's current certificates \
                    from Alipay.
                    """),
                isUnverified: true)
        case .unverified(.noSignature(let refusal)):
            CallFailure(error: Self.unsigned(refusal), isUnverified: true)
        }
    }

    /// Alipay signs no refusal of an app that it does not know. Nothing else is told from such an answer than what to check.
    private static func unsigned(_ refusal: Refusal?) -> BrokerError {
        let message = "Alipay's answer is not signed, so it proves nothing."
        guard let refusal else {
            return .misbehaved("\(message) Check apiURL, and that nothing on the way changes answers.")
        }
        return refusal.error(.upstreamMisbehaved, "\(message) It says: \(refusal.meaning.message)")
    }
}
