import LoopbackServer
import StrictJSON

extension ServerResponse {
    /// A response of JSON.
    static func json(_ value: JSONValue, status: Int = 200) -> ServerResponse {
        text(value.json, status: status)
    }

    /// A response that is declared as JSON, whatever it is.
    static func text(_ text: String, status: Int = 200) -> ServerResponse {
        ServerResponse(
            status: status, headers: [HeaderField("Content-Type", "application/json")], body: Array(text.utf8))
    }
}
