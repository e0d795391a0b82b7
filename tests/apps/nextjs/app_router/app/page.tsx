export default function Home() {
  return <h1>Allotment</h1>;
}
