import BrokerSandbox
import Foundation
import LoopbackServer

/// Answers to requests, at the address for the broker and at the one for browsers.
extension SandboxState {
    /// Answers what the broker, or a developer with curl, asks over TLS.
    mutating func answer(_ received: ReceivedRequest, at now: Date) throws -> ServerScript {
        let path = received.path
        guard path != vendor.paths.token else { return try script(of: tokenAnswer(received, at: now)) }
        let record = path == vendor.paths.profile ? vendor.profile : path == vendor.paths.emails ? vendor.emails : nil
        guard let record else {
            return try script(of: VendorAnswer(status: 404, contents: ["error": "not_found"]))
        }
        return try script(of: recordAnswer(record, received, at: now))
    }

    /// Answers what a person's browser opens.
    mutating func answerBrowser(_ request: ReceivedRequest, at now: Date) -> ServerScript {
        guard request.method == "GET" else {
            return Page(heading: "Not possible", text: "Open this page with GET.").script(status: 405)
        }
        guard request.path == vendor.paths.authorization else {
            return Page(heading: "Not found", text: "There is no page here.").script(status: 404)
        }
        let (query, decision) = Page.choice(in: request.query, among: people)
        return Page.script(
            of: authorize(query, decision, at: now), at: vendor.displayName, among: people, query: query)
    }

    private mutating func tokenAnswer(_ received: ReceivedRequest, at now: Date) -> VendorAnswer {
        guard let request = ClientRequest(received) else { return vendor.tokenError(.request) }
        do throws(TokenRefusal) {
            return try redeem(request, at: now)
        } catch {
            let answer = vendor.tokenError(error)
            return VendorAnswer(status: answer.status, contents: answer.contents, format: vendor.format(request))
        }
    }

    private func recordAnswer(_ record: RecordRequest, _ received: ReceivedRequest, at now: Date) -> VendorAnswer {
        guard let request = ClientRequest(received) else { return vendor.recordError(.request) }
        do throws(RecordRefusal) {
            return try answer(record, to: request, at: now)
        } catch {
            return vendor.recordError(error)
        }
    }

    private func script(of answer: VendorAnswer) throws -> ServerScript {
        let headers = [HeaderField("Cache-Control", "no-store")]
        guard answer.format == .form, case .object(let members) = answer.contents else {
            return .json(try answer.contents.encoded(), status: answer.status, headers: headers)
        }
        let parameters = try members.mapValues { value in
            if case .text(let text) = value { text } else { try value.encoded() }
        }
        return .respond(
            status: answer.status,
            headers: headers + [HeaderField("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")],
            body: Array(FormText.encode(parameters).utf8))
    }
}
