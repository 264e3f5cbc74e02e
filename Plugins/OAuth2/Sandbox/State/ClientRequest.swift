import BrokerSandbox
import Foundation
import LoopbackServer

/// A request of the client, read.
struct ClientRequest: Sendable {
    let method: String
    let query: [String: String]
    /// The parameters of the form, or of the JSON object, in its content.
    let content: [String: String]
    let isJSON: Bool
    private let received: ReceivedRequest

    /// Reads a request; nil if it has a parameter twice, or content that is neither a form nor a JSON object of texts.
    init?(_ request: ReceivedRequest) {
        guard let query = FormText.parameters(in: request.query) else { return nil }
        method = request.method
        received = request
        self.query = query
        isJSON = request.values(of: "Content-Type").first?.prefix { $0 != ";" } == "application/json"
        if request.body.isEmpty {
            content = [:]
        } else if isJSON {
            guard let members = JSON.members(of: request.body) as? [String: String] else { return nil }
            content = members
        } else {
            guard request.isForm, let form = FormText.parameters(in: request.bodyText) else { return nil }
            content = form
        }
    }

    /// The parameters where this method has them.
    var parameters: [String: String] { method == "GET" ? query : content }

    /// The values of a header field.
    func values(of field: String) -> [String] { received.values(of: field) }

    /// Whether it asks for an answer in JSON.
    var acceptsJSON: Bool { values(of: "Accept").contains { $0.lowercased().contains("application/json") } }
}
