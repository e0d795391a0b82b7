export default function Notice() {
  return null;
}
