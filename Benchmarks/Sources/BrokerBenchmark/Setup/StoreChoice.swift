import ArgumentParser

/// The stores that are measured.
enum StoreChoice: String, ExpressibleByArgument, CaseIterable, Sendable {
    case memory, sqlite, postgres
}
