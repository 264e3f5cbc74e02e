import Foundation

/// The JSON body of the exchange request. Other members are ignored.
struct ExchangeBody: Decodable {
    let ticket: String
    let secret: String?

    init?(_ body: [UInt8]) {
        guard let decoded = try? JSONDecoder().decode(Self.self, from: Data(body)) else { return nil }
        self = decoded
    }
}
