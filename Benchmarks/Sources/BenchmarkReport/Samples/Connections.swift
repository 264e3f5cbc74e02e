/// What happens to a connection after an answer.
enum Connections: String, Decodable, CaseIterable {
    case kept, new
}
