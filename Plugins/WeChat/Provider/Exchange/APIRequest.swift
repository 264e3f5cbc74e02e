import HTTPTypes
import IdentityBroker

/// A query in its order: WeChat documents one for its pages, and a page with another does not open.
struct Query: Sendable {
    private(set) var text = ""

    init(_ parameters: KeyValuePairs<String, String>) {
        for (name, value) in parameters { text += "\(text.isEmpty ? "" : "&")\(name)=\(Self.encoded(value))" }
    }

    /// Everything but the unreserved characters of RFC 3986 §2.3 percent-encoded.
    private static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Query: CustomReflectable {
    /// A mirror without children: WeChat wants secrets and codes in queries.
    var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension UpstreamRequest {
    /// A `GET` with a query, by which WeChat's API is asked, with the AppSecret and the code in it.
    static func get(_ url: UpstreamURL, _ query: Query) -> UpstreamRequest {
        UpstreamRequest(method: .get, url: url).adding(query)
    }

    /// The same request with a query.
    func adding(_ query: Query) -> UpstreamRequest {
        var request = self
        request.head.path = "\(head.path ?? "/")?\(query.text)"
        return request
    }
}
