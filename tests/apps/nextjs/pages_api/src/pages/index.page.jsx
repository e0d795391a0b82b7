export default function Home() {
  return <h1>Ferries</h1>;
}
