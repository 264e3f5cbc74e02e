import HTTPTypes
import IdentityBroker
import StrictJSON
import Testing

@Suite("A request to an upstream")
struct UpstreamRequestTests {
    @Test("has the URL's parts in its head")
    func head() throws {
        let url = try #require(UpstreamURL("https://id.example.com:8443/a"))
        let request = UpstreamRequest(method: .get, url: url, headerFields: [.accept: "text/plain"])
        #expect(request.head.method == .get)
        #expect(request.head.scheme == "https")
        #expect(request.head.authority == "id.example.com:8443")
        #expect(request.head.path == "/a")
        #expect(request.head.headerFields == [.accept: "text/plain"])
        #expect(request.body.isEmpty)
    }

    @Test("requests the root if the URL has no path")
    func root() throws {
        let url = try #require(UpstreamURL("http://id.example.com"))
        #expect(UpstreamRequest(method: .get, url: url).head.path == "/")
        #expect(UpstreamRequest(method: .get, url: url).head.scheme == "http")
    }

    @Test("posts JSON and asks for JSON")
    func json() {
        let request = UpstreamRequest.post(json: Array("{}".utf8), to: .example("auth"))
        #expect(request.head.method == .post)
        #expect(request.head.headerFields[.contentType] == "application/json")
        #expect(request.head.headerFields[.accept] == "application/json")
        #expect(request.body == Array("{}".utf8))
        let object = UpstreamRequest.post(json: ["ticket": "a\"b", "count": 1], to: .example("auth"))
        #expect(object.head == request.head)
        #expect(object.body == Array(#"{"count":1,"ticket":"a\"b"}"#.utf8))
    }
}
