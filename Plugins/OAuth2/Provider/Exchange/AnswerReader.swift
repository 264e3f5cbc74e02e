import Foundation
import HTTPTypes
import IdentityBroker
import OAuthClient
import StrictJSON
import UpstreamAPI

/// Reads an upstream's answers: as data, or as the failure that they mean.
struct AnswerReader: Sendable {
    /// Who answers, by its name in a sentence.
    enum Place: String, Sendable {
        case token = "token endpoint"
        case profile = "profile endpoint"
        case emails = "endpoint for e-mail addresses"
    }

    let errors: ErrorForm
    let clock: BrokerClock

    /// The contents of an answer.
    ///
    /// - Throws: ``BrokerError`` of the kind that the answer means.
    func read(
        _ response: UpstreamResponse,
        from place: Place,
        as format: Declaration.TokenRequest.Format = .json
    ) throws(BrokerError) -> JSONValue {
        if let outage = response.outage(of: "The provider's \(place.rawValue)", at: clock.now()) { throw outage }
        // An answer whose form declares something else is an error page, or an error in JSON.
        var (json, fault): (JSONValue?, JSONError?) = (nil, nil)
        do throws(JSONError) { json = try JSONReader.upstream.read(response.body) } catch { fault = error }
        let answer = format == .json ? json : json ?? Self.form(response.body)
        if let answer, let failure = errors.failure(in: answer) { throw self.failure(failure, of: response, at: place) }
        guard response.status.code == 200 else { throw failure(.uncoded, of: response, at: place) }
        guard let answer else {
            let predicate = fault?.code == .duplicateName ? fault?.predicate : nil
            throw Self.fault(place, predicate ?? (format == .json ? "is not JSON" : "is neither a form nor JSON"))
        }
        return answer
    }

    static func fault(_ place: Place, _ fault: String) -> BrokerError {
        BrokerError(.upstreamMisbehaved, "The answer of the provider's \(place.rawValue) \(fault).")
    }

    private func failure(
        _ failure: ErrorForm.Failure,
        of response: UpstreamResponse,
        at place: Place
    ) -> BrokerError {
        let usual = errors.statuses["\(response.status.code)"]?.kind ?? .upstreamMisbehaved
        let status = response.status.code
        guard case .coded(let code) = failure else { return self.failure(usual, nil, status, at: place) }
        let standard = TokenError.kind(of: code)
        let known = errors.meanings[code]?.kind ?? (standard == .upstreamMisbehaved ? nil : standard)
        return self.failure(known ?? usual, code, status, at: place)
    }

    private func failure(
        _ kind: BrokerError.Kind,
        _ code: String?,
        _ status: Int,
        at place: Place
    ) -> BrokerError {
        // No code of a user goes to the others: they refuse what the upstream itself has issued.
        let kind = kind == .invalidCredential && place != .token ? .upstreamMisbehaved : kind
        return TokenError.failure(
            kind, code: code, status: status, of: place.rawValue,
            settings: "clientId, clientSecret, authMethod, scopes, and the callback URI that is registered there")
    }

    /// A form as an object; nil for anything else, and for one with a parameter twice.
    private static func form(_ body: [UInt8]) -> JSONValue? {
        guard let text = String(validating: body, as: UTF8.self),
            let parameters = FormParameters(text[...].drop { $0.isWhitespace }),
            let values = try? parameters.byName()
        else { return nil }
        return .object(JSONObject(values))
    }
}
