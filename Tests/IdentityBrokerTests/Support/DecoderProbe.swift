import Foundation

/// Captures a decoder, for code that needs one.
struct DecoderProbe: Decodable {
    let decoder: any Decoder

    init(from decoder: any Decoder) throws {
        self.decoder = decoder
    }

    static func decoder(of json: String) throws -> any Decoder {
        try JSONDecoder().decode(DecoderProbe.self, from: Data(json.utf8)).decoder
    }
}
