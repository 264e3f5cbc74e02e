/// The result of an operation, kept until the cleanup is done.
enum Outcome<Value: Sendable>: Sendable {
    case returned(Value)
    case threw(any Error)

    init(catching body: () async throws -> Value) async {
        do { self = .returned(try await body()) } catch { self = .threw(error) }
    }

    func get() throws -> Value {
        switch self {
        case .returned(let value): return value
        case .threw(let error): throw error
        }
    }
}
